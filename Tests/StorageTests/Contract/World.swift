import Newsroom
import Testing

/// A few resources of each kind, with and without every member.
struct World {
    /// All names that a resource can be referred to by.
    struct Names {
        fileprivate var byID: [String: [FilterValue]] = [:]

        func of<R>(_ reference: Reference<R>) -> [FilterValue] {
            guard case .id(let id) = reference else { return [] }
            return byID[id.text] ?? []
        }

        fileprivate mutating func add<R: Resource>(_ resource: R) {
            let record = resource.record
            byID[record.id.text] =
                [.id(record.id.text)] + (R.kind.hasSlugs ? [.slug(record.slug)] : [])
                + resource.draft.externalIDs.all.map { .externalID($0) }
        }
    }

    private(set) var names = Names()

    /// - Parameter hasStatements: whether there are some of these too.
    init(_ store: any NewsroomStore, _ clock: TestClock, hasStatements: Bool = false) async throws {
        let organizations = try await World.organizations(store, clock)
        let people = try await World.people(store, clock, organizations)
        let events = try await World.events(store, clock, people, organizations)
        let articles = try await World.articles(store, clock, people, organizations, events)
        if hasStatements {
            for statement in try await World.statements(store, clock, people, organizations, events, articles) { names.add(statement) }
        }
        for article in articles { names.add(article) }
        for organization in organizations { names.add(organization) }
        for person in people { names.add(person) }
        for event in events { names.add(event) }
    }

    private static func ids(_ texts: String...) -> ExternalIDs {
        ExternalIDs(texts.compactMap { ExternalID($0) })
    }

    private static func organizations(_ store: any NewsroomStore, _ clock: TestClock) async throws -> [Organization] {
        var made: [Organization] = []
        for number in 0..<6 {
            clock.advance(milliseconds: Int64(number % 2))
            let parent = made.last.map { Reference.id($0.record.id) }
            made.append(
                try await store.organizations.create(
                    .sample(["White House", "white noise", "100%", "O'Brien & Co", "a_b", "a\\b"][number]) {
                        $0.kind = OrganizationKind.allCases[number % 3]
                        $0.country = number % 3 == 0 ? nil : CountryCode(number % 3 == 1 ? "US" : "IL")
                        $0.parent = number % 2 == 0 ? nil : parent
                        if number < 4 { $0.externalIDs = ids("desk:o\(number)", "wire:\(number)") }
                    }))
        }
        return made
    }

    private static func people(
        _ store: any NewsroomStore, _ clock: TestClock, _ organizations: [Organization]
    ) async throws -> [Person] {
        var made: [Person] = []
        for number in 0..<6 {
            clock.advance(milliseconds: Int64(number % 2))
            made.append(
                try await store.people.create(
                    .sample(["Yoav Gallant", "yoav other", "Éva", "Ron Dermer", "Ron Dermer", "Zed"][number]) {
                        $0.born = PartialDate(["1958-11-08", "1958", "1971-04", "", "", "2000-01-01"][number])
                        if number != 3 { $0.externalIDs = ids("desk:p\(number)") }
                        for index in 0..<(number % 4) {
                            $0.roles.append(
                                Person.Role(
                                    title: ["Minister", "minister of x", "Envoy"][index],
                                    organization: index == 1 || number == 5 ? nil : .id(organizations[(number + index) % 3].record.id),
                                    from: PartialDate(["2022-12-29", "", "2023"][index]), to: PartialDate(["", "2023", "2024-03"][index])))
                        }
                    }))
        }
        return made
    }

    private static func events(
        _ store: any NewsroomStore, _ clock: TestClock, _ people: [Person], _ organizations: [Organization]
    ) async throws -> [Event] {
        var made: [Event] = []
        for number in 0..<7 {
            clock.advance(milliseconds: Int64(number % 2))
            let whole = made.first.map { Reference.id($0.record.id) }
            made.append(
                try await store.events.create(
                    .sample(["Talks", "talks again", "Vote", "Vote", "Éclair", "Call", "Trip"][number]) {
                        $0.kind = EventKind.allCases[number % 4]
                        $0.status = EventStatus.allCases[number % 3]
                        $0.window = EDTF(
                            ["2024-04-01/..", "2024-04", "2024-04-01", "../2024-05", "", "2024-04-01T10:00:00Z", "-0044-03-15"][number]
                        )
                        .map { Window(edtf: $0) }
                        $0.place = number % 2 == 0 ? nil : Place(name: "x", country: CountryCode(number % 3 == 0 ? "US" : "IL"))
                        $0.partOf = number % 3 == 2 ? whole : nil
                        if number % 2 == 0 { $0.externalIDs = ids("desk:e\(number)") }
                        if number % 3 != 0 {
                            $0.participants = [
                                .init(target: .person(.id(people[number % 3].record.id)), role: "a"),
                                .init(target: .person(.id(people[number % 3].record.id)), role: "b"),
                                .init(target: .organization(.id(organizations[number % 2].record.id))),
                            ]
                        }
                        if number == 4 { $0.participants.removeAll { if case .organization = $0.target { true } else { false } } }
                        if number == 5 { $0.participants.removeAll { if case .person = $0.target { true } else { false } } }
                    }))
        }
        return made
    }

    private static func articles(
        _ store: any NewsroomStore, _ clock: TestClock, _ people: [Person], _ organizations: [Organization], _ events: [Event]
    ) async throws -> [Article] {
        var all: [Article] = []
        for number in 0..<12 {
            clock.advance(milliseconds: Int64(number % 2))
            let made = try await store.articles.create(
                .sample(["Talks called off", "talks back on", "100% sure", "a_b", "Talks", "Zürich\\x"][number % 6]) {
                    $0.type = ArticleType.allCases[number % 3]
                    $0.status = ArticleStatus.allCases[number % 4]
                    $0.publishedAt = number % 4 < 2 ? nil : Instant(milliseconds: Int64(number) * 1_000)
                    $0.embargoedUntil = number % 5 == 0 ? Instant(milliseconds: Int64(number)) : nil
                    $0.section = ["world", "World", nil, "it's"][number % 4] ?? nil
                    if number % 4 == 2 { $0.section = "world" }
                    $0.language = number % 3 == 1 ? nil : LanguageTag(number % 3 == 0 ? "en" : "pt-BR")
                    $0.urgency = number % 2 == 0 ? nil : Urgency(number % 9 + 1)
                    $0.source = number % 3 == 0 ? nil : "Wire \(number % 2)"
                    $0.tags = [["gaza"], ["gaza", "us"], [], ["GAZA"]][number % 4]
                    if number % 4 == 2 { $0.tags = ["us", "gaza"] }
                    $0.places = number % 2 == 0 ? [] : ["usa", "israel"]
                    if number % 3 == 0 { $0.externalIDs = ids("wire:\(number)", "desk:\(number)") }
                    if number % 2 == 0 { $0.authors = [RoleReference(target: .id(people[number % 3].record.id), role: "reporter")] }
                    if number % 3 != 0 {
                        $0.people = ["a", nil].map { RoleReference(target: .id(people[number % 4].record.id), role: $0) }
                        $0.organizations = [RoleReference(target: .id(organizations[number % 4].record.id))]
                        $0.events = (0..<(number % 3)).map { RoleReference(target: .id(events[$0 + number % 2].record.id)) }
                    }
                })
            if number == 7 { try await store.articles.change(made.record.id) { $0.byline = "changed" } }
            all.append(made)
        }
        return all
    }

    private static func statements(
        _ store: any NewsroomStore, _ clock: TestClock, _ people: [Person], _ organizations: [Organization], _ events: [Event],
        _ articles: [Article]
    ) async throws -> [Statement] {
        var made: [Statement] = []
        for number in 0..<9 {
            clock.advance(milliseconds: Int64(number % 2))
            let source = made.lazy.compactMap { $0.draft.speaker?.source?.id }.first
            let corrected = made.first.map { Reference.id($0.record.id) }
            let statement = try await store.statements.create(
                .sample(number % 2 == 0 ? "The talks are on." : "the talks are off") {
                    $0.speaker =
                        [
                            .person(.id(people[number % 4].record.id)), .organization(.id(organizations[number % 3].record.id)),
                            .unnamed(
                                UnnamedSource(
                                    id: source, description: "an official",
                                    organization: number == 5 ? .id(organizations[1].record.id) : nil)),
                        ][number % 3]
                    if number % 4 > 0 { $0.chain = [.organization(.id(organizations[number % 2].record.id))] }
                    if number % 4 > 1 { $0.chain.append(.person(.id(people[4].record.id))) }
                    if number % 4 > 2 { $0.chain.append(.organization(.id(organizations[number % 2].record.id))) }
                    $0.manner = StatementManner.allCases[number % 6]
                    $0.form = StatementForm.allCases[number % 3]
                    $0.saidAt = EDTF(["2024-03-27", "2024-03", "", "2024-03-27T10:00:00Z", "../2024-04", "2024-03-25/.."][number % 6])
                        .map { Window(edtf: $0) }
                    $0.article = number % 3 == 2 ? nil : .id(articles[number].record.id)
                    $0.events = (0..<(number % 3)).map { .id(events[$0 + number % 2].record.id) }
                    if number % 4 != 3 {
                        $0.claim = Claim(
                            about: .id(events[number % 2].record.id), property: "held_\(number % 3)", value: "no \(number % 2)")
                    }
                    $0.corrects = number == 4 ? corrected : nil
                    if number % 2 == 0 { $0.externalIDs = ids("desk:s\(number)") }
                })
            made.append(statement)
        }
        return made
    }
}
