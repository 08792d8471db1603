import Newsroom
import Testing

struct ProposalTests {
    private func failure(_ path: String, _ rule: MemberFailure.Rule = .required) -> MemberFailure {
        MemberFailure(path: path, rule: rule, message: "no")
    }

    @Test func `settling adds what the reader did not find`() {
        var draft = Article.Draft()
        draft.byline = "\u{1}"
        let read = Proposal(draft, failures: [failure("/headline", .wrongType)])
        let settled = read.settled(after: nil, at: Instant(milliseconds: 0))
        #expect(settled.failures.map(\.path) == ["/headline", "/byline"])
        #expect(settled.failures.first?.rule == .wrongType)
        #expect(settled.draft.status == .draft)
    }

    @Test func `a failure is not told twice`() {
        var proposal = Proposal(Article.Draft(), failures: [failure("/window"), failure("/people/1/id")])
        for path in ["/window", "/window/edtf", "/people/1/id", "/people/1/id/x"] { proposal.add(failure(path)) }
        #expect(proposal.failures.map(\.path) == ["/window", "/people/1/id"])
        let others = ["/windows", "/people/0", "/people/1/role", "/people/1", "/people/11", "/events/0", "/place/name"]
        for path in others { proposal.add(failure(path)) }
        #expect(proposal.failures.map(\.path) == ["/window", "/people/1/id"] + others)
    }

    @Test func `a failure behind items that could not be read has its place in the document`() {
        var proposal = Proposal(Article.Draft(), failures: [failure("/tags/1")], positions: ["/tags": [0, 2, 5], "/people": []])
        for path in ["/tags/0", "/tags/1", "/tags/2/x", "/tags", "/tags/3", "/people/0", "/events/1"] { proposal.add(failure(path)) }
        #expect(
            proposal.failures.map(\.path) == ["/tags/1", "/tags/0", "/tags/2", "/tags/5/x", "/tags", "/people/0", "/events/1"])
    }

    @Test func `each failing item of a list is told, and of very many failures the first hundred`() {
        var draft = Person.Draft()
        draft.name = "Ada Frost"
        draft.roles = [
            Person.Role(title: ""), Person.Role(title: " "), Person.Role(title: "A", from: PartialDate("2020"), to: PartialDate("2019")),
        ]
        let settled = Proposal(draft).settled(after: nil, at: Instant(milliseconds: 0))
        #expect(settled.failures.map(\.path) == ["/roles/0/title", "/roles/1/title", "/roles/2/to"])
        draft.roles = Array(repeating: Person.Role(title: ""), count: 150)
        let many = Proposal(draft, failures: [failure("/born")]).settled(after: nil, at: Instant(milliseconds: 0))
        #expect(many.failures.count == MemberFailure.countMax)
        #expect(many.failures.last?.path == "/roles/98/title")
    }
}

struct HierarchyTests {
    private func id(_ number: Int) -> ID<Organization> { ID(ULID(bits: UInt128(number))) }

    @Test func `nothing belongs to itself, however far up`() {
        let parents = [2: 3, 3: 4]
        func parent(of id: ID<Organization>) -> ID<Organization>? { parents[Int(id.ulid.bits)].map(self.id) }
        #expect(Hierarchy.fault(adding: id(1), to: id(1), parentOf: parent) == .cycle)
        #expect(Hierarchy.fault(adding: id(2), to: id(4), parentOf: parent) == .cycle)
        #expect(Hierarchy.fault(adding: id(2), to: id(1), parentOf: parent) == nil)
        #expect(Hierarchy.fault(adding: id(9), to: id(1), parentOf: parent) == nil)
    }

    @Test func `a way up is not longer than it may be`() {
        /// As many above 1 as given, itself among them.
        func fault(_ count: Int) -> Hierarchy.Fault? {
            Hierarchy.fault(adding: id(1), to: id(0)) { Int($0.ulid.bits) < count ? self.id(Int($0.ulid.bits) + 1) : nil }
        }
        #expect(fault(Hierarchy.depthMax) == nil)
        #expect(fault(Hierarchy.depthMax + 1) == .tooDeep)
        #expect(Hierarchy.fault(adding: id(5), to: id(0)) { $0.ulid.bits == 5 ? self.id(6) : self.id(5) } == .tooDeep)
    }
}

struct NearestTests {
    private let names = ["headline", "subheadline", "byline", "dateline", "body", "tags", "published_at", "id"]

    @Test(arguments: [
        ("headlin", "headline"), ("haedline", "headline"), ("Headline", "headline"), ("subheadlin", "subheadline"), ("bdoy", "body"),
        ("tag", "tags"), ("publishedAt", "published_at"), ("published-at", "published_at"), ("dateine", "dateline"),
    ])
    func `a slip finds its name`(_ typed: String, _ meant: String) {
        #expect(Nearest.name(to: typed, in: names) == meant)
    }

    @Test(arguments: ["", "x", "colour", "zzzz", "headlineheadline", String(repeating: "headline", count: 20)])
    func `what is too far finds none`(_ typed: String) {
        #expect(Nearest.name(to: typed, in: names) == nil)
    }

    @Test func `an exact name is the nearest, and no candidate is none`() {
        for name in names { #expect(Nearest.name(to: name, in: names) == name) }
        #expect(Nearest.name(to: "id", in: []) == nil)
        #expect(Nearest.name(to: "id", in: [""]) == nil)
    }
}

struct WordCountTests {
    @Test(arguments: [
        ("", 0), ("   \n\t", 0), ("one", 1), (" one  two\nthree\r\nfour ", 4), ("well-known isn't 3,500.25", 3), ("a - b -- c", 3),
        ("... !?", 0),
        ("Äpfel über Öl", 3), ("eins\u{A0}zwei\u{2003}drei\u{3000}vier", 4), ("\u{A0}", 0), ("\u{2003}\u{2003}", 0), ("习近平 访问", 2),
        ("é", 1),
        ("a — b", 2), ("a — b – c", 3), ("• one • two", 2), ("“one” ‘two’ … three", 3), ("one—two", 1), ("—one", 1), ("« one »", 1),
        ("¿ qué ? ¡ ya !", 2), ("ª µ º", 3), ("†", 0), ("\u{2070}", 1), ("\u{206F}", 0), ("、 。 〃 々", 1), ("a\u{200B}b", 1),
        ("\u{2014}", 0), ("\u{2019}\u{2019}s", 1),
        ("(one)", 1), ("-5", 1), ("\u{A0}one\u{A0}", 1), ("<b>one</b>", 1), ("zwei\u{2009}und\u{202F}drei", 3),
    ])
    func `words are runs that hold a letter or a digit`(_ text: String, _ count: Int) {
        #expect(WordCount.words(in: text, .text) == count)
    }

    @Test(arguments: [
        ("<p>one two</p><p>three</p>", 3), ("<p class=\"a b\">one</p>", 1), ("one<br>two", 2), ("<p>", 0), ("one <unclosed two", 1),
        ("1 > 0", 2),
    ])
    func `tags are no words of HTML`(_ text: String, _ count: Int) {
        #expect(WordCount.words(in: text, .html) == count)
    }

    @Test(arguments: [" ", "\n", "\u{A0}", "—", "<b>", "-", "é", "\u{7F}"])
    func `what parts words does so wherever it stands`(_ sign: String) {
        let counts = [" ": 2, "\n": 2, "\u{A0}": 2, "<b>": 2]
        for length in 1...20 {
            let text = String(repeating: "x", count: length) + sign + String(repeating: "y", count: 21 - length)
            #expect(WordCount.words(in: text, .html) == counts[sign] ?? 1, "behind \(length)")
        }
    }

    @Test func `an article counts its words once`() {
        var draft = Article.Draft()
        draft.body = "one two"
        let id = ID<Article>(ULID(bits: 1))
        let record = Record(
            id: id, slug: Slug.from(caption: "a"), version: 1, createdAt: Instant(milliseconds: 0), updatedAt: Instant(milliseconds: 0))
        #expect(Article(record: record, draft: draft, captions: Captions()).wordCount == 2)
        #expect(Article(record: record, draft: Article.Draft(), captions: Captions(), wordCount: 7).wordCount == 7)
    }
}
