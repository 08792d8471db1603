import Documents
import JSON
import Newsroom
import Testing

/// A JSON object from its text.
func object(_ text: String) throws -> JSONObject {
    guard case .object(let object) = try JSONReader.read(Array(text.utf8)) else { throw NotAnObject() }
    return object
}

struct NotAnObject: Error {}

/// What fails, as `path code`.
func failures<Draft>(_ proposal: Proposal<Draft>) -> [String] {
    proposal.failures.map { "\($0.path) \($0.rule.rawValue)" }
}

func id<R>(_ number: UInt64, of _: R.Type = R.self) -> ID<R> {
    ID(ULID(bits: UInt128(number)))
}

let savedAt = Instant(milliseconds: 1_711_562_700_000)

func record<R>(_ number: UInt64, _ slug: String, version: Int = 3) throws -> Record<R> {
    Record(id: id(number), slug: try #require(Slug(slug)), version: version, createdAt: savedAt, updatedAt: savedAt)
}

/// A resource as JSON text.
func text<R: Documented>(
    _ resource: R, _ form: DocumentForm = .wire, selecting fields: [String]? = nil
) throws -> String {
    var writer = JSONWriter()
    let selection = try fields.map { try #require(FieldSelection($0, of: R.Document.self)) }
    R.Document.write(resource, to: &writer, form: form, selecting: selection)
    return String(decoding: writer.finish(), as: UTF8.self)
}

enum Sample {
    /// As a list that asks for a time has it.
    static func personInOffice() throws -> Person {
        var person = try person()
        person.offices = person.draft.roles.map { HeldOffice(role: $0, isCertain: true, isAsked: true) }
        return person
    }

    static let mark = ReviewMark(
        id: ReviewID(ULID(bits: 6)), reason: .withdrawn, statement: "sta_00000000000000000000000007", basis: .report, since: savedAt)
    static let markText =
        #"{"id":"rev_00000000000000000000000006","reason":"statement_withdrawn","statement":{"id":"sta_00000000000000000000000007"},"#
        + #""basis":"report","event":null,"since":"2024-03-27T18:05:00.000Z"}"#

    static func article() throws -> Article {
        var draft = Article.Draft()
        draft.slug = Slug("talks-called-off")
        draft.externalIDs = ExternalIDs([try #require(ExternalID("wire:7")), try #require(ExternalID("archive:a/b~c"))])
        draft.type = .analysis
        draft.headline = "Talks called off"
        draft.body = "One two.\n\"Three\""
        draft.byline = "Staff"
        draft.authors = [RoleReference(target: .id(id(9)), role: "author")]
        draft.tags = ["gaza", "un"]
        draft.language = LanguageTag("en")
        draft.urgency = Urgency(3)
        draft.status = .published
        draft.publishedAt = savedAt
        draft.firstPublishedAt = Instant(milliseconds: 1_711_000_000_000)
        draft.canonicalURL = WebURL("https://example.org/talks")
        draft.people = [RoleReference(target: .id(id(1)), role: "subject"), RoleReference(target: .id(id(2)))]
        draft.organizations = [RoleReference(target: .id(id(3)))]
        draft.events = [RoleReference(target: .id(id(4)), role: "about")]
        var captions = Captions()
        captions[id(1, of: Person.self)] = Caption(name: "Yoav Gallant", roleAt: "Minister of Defense", externalID: ExternalID("w:g"))
        captions[id(2, of: Person.self)] = Caption(name: "Ron Dermer")
        captions[id(3, of: Organization.self)] = Caption(name: "Axios")
        captions[id(4, of: Event.self)] = Caption(name: "Talks", status: .cancelled, earliest: "2024-04-01")
        captions[id(9, of: Person.self)] = Caption(name: "Ann Author")
        draft.corrections = [Correction(.clarification, "Monday it was.", issuedAt: savedAt, statement: "sta_00000000000000000000000007")]
        var article = Article(record: try record(5, "talks-called-off"), draft: draft, captions: captions)
        article.review = [mark]
        return article
    }

    static func event() throws -> Event {
        var draft = Event.Draft()
        draft.slug = Slug("talks")
        draft.title = "Talks"
        draft.kind = .meeting
        draft.status = .scheduled
        draft.window = Window(
            edtf: try EDTF(parsing: "2024-04-01/.."), stated: "as early as next week", anchor: PartialDate("2024-03-27"),
            zone: TimeZoneName("America/New_York"))
        draft.place = Place(name: "Washington", country: CountryCode("US"), latitude: 38.9, longitude: -77)
        draft.participants = [
            Event.Participant(target: .person(.id(id(1))), role: "guest"), Event.Participant(target: .organization(.id(id(3)))),
        ]
        draft.partOf = .id(id(8))
        var captions = Captions()
        captions[id(1, of: Person.self)] = Caption(name: "Yoav Gallant", roleAt: "Minister of Defense", externalID: ExternalID("w:g"))
        captions[id(3, of: Organization.self)] = Caption(name: "Pentagon")
        captions[id(8, of: Event.self)] = Caption(
            name: "Visit", status: .happened, earliest: "2024-03-24", externalID: ExternalID("w:v"))
        var event = Event(record: try record(4, "talks"), draft: draft, captions: captions)
        event.review = [mark]
        return event
    }

    static func person() throws -> Person {
        var draft = Person.Draft()
        draft.slug = Slug("yoav-gallant")
        draft.name = "Yoav Gallant"
        draft.sortName = "Gallant, Yoav"
        draft.aliases = [Alias(name: "Yoav Galant", from: PartialDate("2015"))]
        draft.born = PartialDate("1958-11-08")
        draft.roles = [
            Person.Role(
                title: "Minister of Defense", organization: .id(id(3)), from: PartialDate("2022-12-29"), to: PartialDate("2024-11-05")),
            Person.Role(title: "General"),
        ]
        draft.identifiers["wikidata"] = "Q1"
        draft.links = [Link(url: try #require(WebURL("https://example.org/g")), title: "Profile")]
        var captions = Captions()
        captions[id(3, of: Organization.self)] = Caption(name: "Ministry of Defense", externalID: ExternalID("w:mod"))
        return Person(record: try record(1, "yoav-gallant"), draft: draft, captions: captions)
    }

    static func organization() throws -> Organization {
        var draft = Organization.Draft()
        draft.slug = Slug("axios")
        draft.name = "Axios"
        draft.kind = .media
        draft.parent = .id(id(7))
        draft.country = CountryCode("US")
        var captions = Captions()
        captions[id(7, of: Organization.self)] = Caption(name: "Cox")
        return Organization(record: try record(3, "axios"), draft: draft, captions: captions)
    }
}
