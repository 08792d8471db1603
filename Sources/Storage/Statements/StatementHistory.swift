import Newsroom
import SQLite

extension Statement: HistoricResource {
    static let updatedAtMember = FilterMember.updatedAt

    static func values(of member: FilterMember, in statement: Statement) -> MemberValues {
        let (record, draft) = (statement.record, statement.draft)
        switch member {
        case .id: return .text(record.id.text)
        case .speaker: return .references(draft.speaker.flatMap(\.partyID).map { [$0] } ?? [])
        case .outlet:
            return .references(
                draft.chain.compactMap { entry -> Reference<Organization>? in
                    guard case .organization(let organization) = entry else { return nil }
                    return organization
                })
        case .article: return .references(draft.article.map { [$0] } ?? [])
        case .event: return .references(draft.events)
        case .manner: return .text(draft.manner.rawValue)
        case .form: return .text(draft.form.rawValue)
        case .status: return .text(draft.status.rawValue)
        case .hops: return .integer(Int64(draft.hops))
        case .unnamed: return .text(draft.speaker?.source == nil ? "false" : "true")
        case .corrects: return .references(draft.corrects.map { [$0] } ?? [])
        case .saidAt: return .window(draft.saidAt)
        case .earliest: return .instant(draft.saidAt?.first)
        case .latest: return .instant(draft.saidAt?.last)
        case .claimAbout: return .references(draft.claim.map { [$0.about] } ?? [])
        case .claimProperty: return .text(draft.claim?.property)
        case .claimValue: return .text(draft.claim?.value)
        case .createdAt: return .instant(record.createdAt)
        case .updatedAt: return .instant(record.updatedAt)
        case .externalID: return .externalIDs(draft.externalIDs.all)
        }
    }

    static func sortKey(_ member: SortMember, of statement: Statement) -> Position.SortKey {
        switch member {
        case .saidAt: Event.windowOrder(statement.draft.saidAt)
        case .createdAt: .integer(statement.record.createdAt.milliseconds)
        case .updatedAt: .integer(statement.record.updatedAt.milliseconds)
        }
    }

    func captioned(by captions: inout some CaptionSource) throws(SQLiteError) -> Statement {
        let day = Statement.officeDay(saidAt: draft.saidAt, updatedAt: record.updatedAt)
        var statement = self
        statement.captions = Captions()
        for attribution in draft.attributions {
            if case .person(let person) = attribution { try captions.add(person, on: day, to: &statement.captions) }
            if let organization = attribution.organization { try captions.add(organization, to: &statement.captions) }
        }
        for event in draft.events { try captions.add(event, to: &statement.captions) }
        if let claim = draft.claim { try captions.add(claim.about, to: &statement.captions) }
        if let article = draft.article { try captions.add(article, to: &statement.captions) }
        if let corrects = draft.corrects { try captions.add(corrects, to: &statement.captions) }
        return statement
    }

    static func partsFollow(from statement: Statement, _ stored: Stored<Statement>, in database: Database) throws(SQLiteError) -> Bool {
        try database.first(.precisionOfStatement) { $0.add(stored.key) } == (statement.draft.saidAt?.precision.rawValue ?? "")
    }
}

extension Attribution {
    /// Of a person or an organization.
    fileprivate var partyID: String? {
        switch self {
        case .person(.id(let id)): id.text
        case .organization(.id(let id)): id.text
        case .person, .organization, .unnamed, .party: nil
        }
    }
}

extension Query<String> {
    fileprivate static let precisionOfStatement = Query("SELECT precision FROM statement WHERE key = $1") { row throws(SQLiteError) in
        row.text(0)
    }
}
