import Newsroom
import Testing

struct PersonSettlingTests {
    private func settle(_ draft: Person.Draft, after previous: Person.Draft? = nil) -> Proposal<Person.Draft> {
        draft.settled(after: previous, at: Instant(milliseconds: 0))
    }

    private func draft(_ name: String = "Yoav Gallant") -> Person.Draft {
        var draft = Person.Draft()
        draft.name = name
        return draft
    }

    private func failures(_ change: (inout Person.Draft) -> Void) -> [String] {
        var draft = draft()
        change(&draft)
        return settle(draft).failures.map { "\($0.path) \($0.rule.rawValue)" }
    }

    @Test(arguments: [
        ("Yoav Gallant", "Gallant, Yoav"), ("Karine Jean-Pierre", "Jean-Pierre, Karine"), ("Pelé", "Pelé"), ("", ""),
        ("Joseph R. Biden Jr.", "Biden, Joseph R. Jr."), ("Martin Luther King III", "King, Martin Luther III"), ("Jr. Jr.", "Jr., Jr."),
        ("Gallant, Yoav", "Gallant, Yoav"), ("习近平", "习近平"), ("Marco Antonio de la Cruz", "Cruz, Marco Antonio de la"),
    ])
    func `a name is sorted by its last word`(_ name: String, _ sorted: String) {
        #expect(Person.sortName(of: name) == sorted)
    }

    @Test func `a sort name that was made follows the name, one that was written stays`() {
        let made = settle(draft()).draft
        #expect(made.sortName == "Gallant, Yoav")
        var renamed = made
        renamed.name = "Yoav Galant"
        #expect(settle(renamed, after: made).draft.sortName == "Galant, Yoav")
        var written = made
        written.sortName = "GALLANT"
        renamed = settle(written, after: made).draft
        renamed.name = "Yoav Galant"
        #expect(settle(renamed, after: written).draft.sortName == "GALLANT")
        written.sortName = nil
        #expect(settle(written, after: made).draft.sortName == "Gallant, Yoav")
    }

    @Test func `settling twice gives the same`() {
        var person = draft(" Yoav\tGallant ")
        person.aliases = [Alias(name: " Yoav Galant "), Alias(name: "Yoav Galant")]
        person.identifiers["wikidata"] = " Q1 "
        let settled = settle(person)
        #expect(settled.draft.name == "Yoav Gallant")
        #expect(settled.draft.aliases == [Alias(name: "Yoav Galant")])
        #expect(settled.draft.identifiers["wikidata"] == "Q1")
        #expect(settle(settled.draft) == settled)
        #expect(settle(settled.draft, after: settled.draft) == settled)
    }

    @Test func `names must be there and not too long`() {
        #expect(failures { $0.name = " " } == ["/name required"])
        #expect(failures { $0.name = String(repeating: "a", count: 301) }.first == "/name too_long")
        #expect(failures { $0.sortName = String(repeating: "a", count: 301) } == ["/sort_name too_long"])
        #expect(failures { $0.description = String(repeating: "a", count: 10_001) } == ["/description too_long"])
        #expect(failures { $0.aliases = [Alias(name: "a"), Alias(name: "")] } == ["/aliases/1/name required"])
        #expect(failures { $0.aliases = (0..<101).map { Alias(name: "a\($0)") } } == ["/aliases too_many"])
        #expect(failures { $0.identifiers["wikidata"] = " " } == ["/identifiers/wikidata required"])
    }

    @Test func `an office ends no earlier than it begins`() {
        func role(_ from: String, _ to: String) -> Person.Role {
            Person.Role(title: "Minister", from: PartialDate(from), to: PartialDate(to))
        }
        #expect(failures { $0.roles = [role("2022-12-29", "2024-11-05"), role("2024", "2024-03"), role("2024-03", "2024")] } == [])
        #expect(failures { $0.roles = [role("2024-03-27", "2024-03-27")] } == [])
        #expect(failures { $0.roles = [role("2022", "2024"), role("2024-04", "2024-03")] } == ["/roles/1/to out_of_range"])
        #expect(
            failures { $0.aliases = [Alias(name: "a", from: PartialDate("2025"), to: PartialDate("2024"))] } == [
                "/aliases/0/to out_of_range"
            ])
        #expect(failures { $0.roles = [Person.Role(title: "")] } == ["/roles/0/title required"])
        #expect(failures { $0.roles = (0..<201).map { Person.Role(title: "r\($0)") } } == ["/roles too_many"])
    }

    @Test func `links are not too many`() throws {
        let url = try #require(WebURL("https://example.org/"))
        #expect(failures { $0.links = (0..<101).map { _ in Link(url: url) } } == ["/links too_many"])
        #expect(failures { $0.links = [Link(url: url, title: String(repeating: "a", count: 301))] } == ["/links/0/title too_long"])
    }
}

struct OfficeTests {
    private func day(_ text: String) throws -> Int {
        try #require(Instant(rfc3339OrDate: text)).daysSince1970
    }

    private func office(_ title: String, _ from: String?, _ to: String?) -> Office {
        Office(title: title, from: from.flatMap { PartialDate($0) }, to: to.flatMap { PartialDate($0) })
    }

    /// The terms of a senator who was a representative before.
    private var sanders: [Office] {
        [
            office("Representative for VT", "1991-01-03", "1993-01-03"), office("Representative for VT", "2005-01-04", "2007-01-03"),
            office("Senator for VT", "2007-01-04", "2013-01-03"), office("Senator for VT", "2013-01-03", "2019-01-03"),
        ]
    }

    @Test(arguments: [
        ("1990-12-31", nil), ("1991-01-03", "Representative for VT"), ("1993-01-03", "Representative for VT"), ("1993-01-04", nil),
        ("2007-01-03", "Representative for VT"), ("2007-01-04", "Senator for VT"), ("2019-01-03", "Senator for VT"), ("2019-01-04", nil),
    ])
    func `the office is the one whose time covers the day, both ends included`(_ text: String, _ title: String?) throws {
        #expect(Office.held(on: try day(text), among: sanders)?.title == title)
    }

    @Test func `of two terms that meet the shorter one counts, of equals the later`() throws {
        #expect(Office.held(on: try day("2013-01-03"), among: sanders)?.from?.text == "2013-01-03")
        let unequal = [office("short", "2021-06-01", "2022-01-01"), office("long", "2022-01-01", "2023-01-01")]
        #expect(Office.held(on: try day("2022-01-01"), among: unequal)?.title == "short")
        let equal = [office("first", "2021-01-01", "2022-01-01"), office("second", "2022-01-01", "2023-01-01")]
        #expect(Office.held(on: try day("2022-01-01"), among: equal)?.title == "second")
        #expect(Office.held(on: try day("2022-01-01"), among: equal.reversed())?.title == "second")
    }

    @Test func `the most specific office wins over the wider one`() throws {
        let offices = [
            office("Member of the Knesset", "2015-03-31", nil), office("Minister of Defense", "2022-12-29", "2024-11-05"),
            office("General", nil, nil),
        ]
        #expect(Office.held(on: try day("2024-03-27"), among: offices)?.title == "Minister of Defense")
        #expect(Office.held(on: try day("2024-11-05"), among: offices)?.title == "Minister of Defense")
        #expect(Office.held(on: try day("2024-11-06"), among: offices)?.title == "Member of the Knesset")
        #expect(Office.held(on: try day("2000-01-01"), among: offices)?.title == "General")
    }

    @Test func `of offices without an end the one begun last counts, and of equals the first`() throws {
        let offices = [office("a", "2001", nil), office("b", "2010", nil), office("c", "2010", nil), office("d", nil, "2030")]
        #expect(Office.held(on: try day("2020-01-01"), among: offices)?.title == "b")
        #expect(Office.held(on: try day("2005-01-01"), among: offices)?.title == "a")
    }

    @Test func `partial dates reach as far as they can`() throws {
        let offices = [office("Minister", "2022-12", "2024-11")]
        for text in ["2022-12-01", "2024-11-30"] { #expect(Office.held(on: try day(text), among: offices)?.title == "Minister") }
        for text in ["2022-11-30", "2024-12-01"] { #expect(Office.held(on: try day(text), among: offices) == nil) }
        #expect(Office.held(on: 0, among: [Office]()) == nil)
    }

    @Test func `the day is that of publication, or of the window, or of the last change`() throws {
        let one = Instant(daysSince1970: 1)
        let two = Instant(daysSince1970: 2)
        let three = Instant(daysSince1970: 3)
        #expect(Article.officeDay(publishedAt: one, firstPublishedAt: two, updatedAt: three) == 1)
        #expect(Article.officeDay(publishedAt: nil, firstPublishedAt: two, updatedAt: three) == 2)
        #expect(Article.officeDay(publishedAt: nil, firstPublishedAt: nil, updatedAt: three) == 3)
        #expect(Event.officeDay(window: nil, updatedAt: three) == 3)
        #expect(Event.officeDay(window: Window(edtf: try EDTF(parsing: "1970-01-05/..")), updatedAt: three) == 4)
        #expect(Event.officeDay(window: Window(edtf: try EDTF(parsing: "../1970-01-06")), updatedAt: three) == 5)
    }
}
