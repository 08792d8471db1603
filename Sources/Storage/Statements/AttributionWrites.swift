import Newsroom
import SQLite

extension ReferenceResolver {
    /// With the target by id, and an unnamed source as it was called last where nothing else is said. A source that was not mentioned
    /// before gets its id here; its row comes with the statement's.
    mutating func resolved(_ attribution: Attribution, at path: String) throws(SQLiteError) -> Attribution {
        switch attribution {
        case .person(var person):
            try resolve(&person, at: path)
            return .person(person)
        case .organization(var organization):
            try resolve(&organization, at: path)
            return .organization(organization)
        case .party(let name): return try party(name, at: path)
        case .unnamed(let source): return .unnamed(try resolved(source, at: path + "/unnamed"))
        }
    }

    private mutating func party(_ name: Attribution.PartyName, at path: String) throws(SQLiteError) -> Attribution {
        var person: Reference<Person>
        var organization: Reference<Organization>
        switch name {
        case .slug(let slug): (person, organization) = (.slug(slug), .slug(slug))
        case .externalID(let id): (person, organization) = (.externalID(id), .externalID(id))
        }
        let (isPerson, isOrganization) = (try isKnown(person), try isKnown(organization))
        guard !isPerson || !isOrganization else {
            fail(path, .invalidValue, "names a person and an organization: say which by `kind`")
            return .party(name)
        }
        guard isPerson || isOrganization else {
            fail(path, .unknownReference, "names no person and no organization")
            return .party(name)
        }
        if isPerson {
            try resolve(&person, at: path)
            return .person(person)
        }
        try resolve(&organization, at: path)
        return .organization(organization)
    }

    private mutating func resolved(_ source: UnnamedSource, at path: String) throws(SQLiteError) -> UnnamedSource {
        var source = source
        guard let id = source.id else {
            guard source.description != nil else { return try withOrganization(source, at: path) }
            source.id = SourceID(makeULID())
            return try withOrganization(source, at: path)
        }
        guard source.description == nil else { return try withOrganization(source, at: path) }
        guard let last = try database.first(.newestMention, { $0.add(id.text) }) else {
            fail(path + "/id", .unknownReference, "names no unnamed source: describe one that has not been mentioned before")
            return source
        }
        source.description = last.description
        if source.organization == nil { source.organization = last.organization }
        return try withOrganization(source, at: path)
    }

    private mutating func withOrganization(_ source: UnnamedSource, at path: String) throws(SQLiteError) -> UnnamedSource {
        guard var organization = source.organization else { return source }
        try resolve(&organization, at: path + "/organization")
        var source = source
        source.organization = organization
        return source
    }
}

/// The five columns of an attribution whose references are by id.
struct AttributionKeys {
    private var person: Int64?
    private var organization: Int64?
    private var source: Int64?
    private var description: String?
    private var sourceOrganization: Int64?

    /// An unnamed source that has no row yet gets one.
    init(_ attribution: Attribution, at now: Instant, _ keys: ReferenceKeys, _ database: Database) throws(SQLiteError) {
        switch attribution {
        case .person(let reference): person = try keys.key(of: reference)
        case .organization(let reference): organization = try keys.key(of: reference)
        case .unnamed(let unnamed):
            guard let id = unnamed.id else { throw .undecodable("an unnamed source without an id") }
            try database.run(.insertSource) {
                $0.add(id.text)
                $0.add(now.milliseconds)
            }
            source = try database.first(.sourceKey) { $0.add(id.text) }
            description = unnamed.description
            if let reference = unnamed.organization { sourceOrganization = try keys.key(of: reference) }
        case .party: throw .undecodable("a reference to a party")
        }
    }

    func bind(to values: inout Bindings) {
        values.add(person)
        values.add(organization)
        values.add(source)
        values.add(description)
        values.add(sourceOrganization)
    }
}

extension SQL {
    fileprivate static let insertSource = SQL(
        """
        INSERT INTO unnamed_source (id, created_at_ms)
        VALUES ($1, $2)
        ON CONFLICT (id) DO NOTHING
        """)
}

extension Query<Int64> {
    static let sourceKey = Query("SELECT key FROM unnamed_source WHERE id = $1") { row throws(SQLiteError) in row.integer(0) }
}

extension Query<UnnamedSource> {
    /// How the newest statement that names a source calls it.
    static let newestMention = Query(
        """
        SELECT \(AttributionColumns.of("mention"))
        FROM (
            SELECT key, NULL AS person_key, NULL AS organization_key, source_key, described_as, source_organization_key
            FROM statement
            WHERE source_key = (SELECT key FROM unnamed_source WHERE id = $1)
            UNION ALL
            SELECT statement_key, NULL, NULL, source_key, described_as, source_organization_key
            FROM statement_chain
            WHERE source_key = (SELECT key FROM unnamed_source WHERE id = $1)
        ) AS mention
        ORDER BY mention.key DESC
        LIMIT 1
        """
    ) { row throws(SQLiteError) in
        guard case .unnamed(let source) = try row.attribution(from: 0) else { throw .undecodable("statement.source_key") }
        return source
    }
}
