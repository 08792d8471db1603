import HTTP
import HTTPTypes
import Testing

struct EntityTagTests {
    private let strong = EntityTag("7")
    private let weak = EntityTag("7", isWeak: true)
    private let other = EntityTag("8")

    @Test func `a tag is written in quotes, a weak one with a prefix`() {
        #expect(strong.description == "\"7\"")
        #expect(weak.description == "W/\"7\"")
    }

    @Test(arguments: [
        ("\"7\"", "7", false), ("W/\"7\"", "7", true), ("\"\"", "", false), ("\"a,b\"", "a,b", false), ("\"a\\\"", "a\\", false),
        ("\"é\"", "é", false),
    ])
    func `a tag is read`(_ text: String, _ opaque: String, _ isWeak: Bool) throws {
        #expect(EntityTagCondition(text) == .tags([EntityTag(opaque, isWeak: isWeak)]))
    }

    @Test(arguments: [
        "", "7", "'7'", "\"7", "7\"", "w/\"7\"", "W/7", "W/ \"7\"", "\"a b\"", "\"7\"8", "\"a\"b\"", "\"\u{7F}\"",
    ])
    func `anything else is no tag`(_ text: String) {
        #expect(EntityTagCondition(text) == nil)
    }

    @Test func `strong comparison needs two strong tags, weak comparison none`() {
        #expect(strong.matchesStrongly(strong))
        #expect(!strong.matchesStrongly(weak))
        #expect(!weak.matchesStrongly(weak))
        #expect(!strong.matchesStrongly(other))
        #expect(strong.matchesWeakly(weak))
        #expect(weak.matchesWeakly(weak))
        #expect(!weak.matchesWeakly(other))
    }

    @Test(
        arguments: [
            ("*", .any), ("\"7\"", .tags([EntityTag("7")])), ("\"7\", W/\"8\"", .tags([EntityTag("7"), EntityTag("8", isWeak: true)])),
            ("\"7\",\"8\"", .tags([EntityTag("7"), EntityTag("8")])), ("\"7\" \t,\t \"8\"", .tags([EntityTag("7"), EntityTag("8")])),
            (",,\"7\",,", .tags([EntityTag("7")])), ("\"a,b\", \"c\"", .tags([EntityTag("a,b"), EntityTag("c")])),
        ] as [(String, EntityTagCondition)])
    func `a condition is a star or a list`(_ text: String, _ condition: EntityTagCondition) {
        #expect(EntityTagCondition(text) == condition)
    }

    @Test(arguments: ["", ",", "7", "\"7\" \"8\"", "\"7\", 8", "\"7\"; \"8\"", "* , \"7\"", "**", "\"7\", *", "\"7", "W/\"7\" x"])
    func `anything else is no condition`(_ text: String) {
        #expect(EntityTagCondition(text) == nil)
    }

    @Test func `If-Match compares strongly, If-None-Match weakly`() throws {
        let list = try #require(EntityTagCondition("\"6\", W/\"7\""))
        #expect(!list.matchesStrongly(strong))
        #expect(list.matchesWeakly(strong))
        #expect(EntityTagCondition.any.matchesStrongly(strong))
        #expect(EntityTagCondition.any.matchesWeakly(weak))
        #expect(EntityTagCondition.tags([strong]).matchesStrongly(strong))
    }

    @Test func `a condition is read over all lines of its field`() throws {
        let fields: RequestFields = [.ifMatch: "\"7\"", .accept: "*/*", .ifMatch: "\"8\""]
        #expect(try EntityTagCondition.read(.ifMatch, from: fields) == .tags([EntityTag("7"), EntityTag("8")]))
        #expect(try EntityTagCondition.read(.ifNoneMatch, from: fields) == nil)
    }

    @Test func `a condition that cannot be read is refused`() {
        #expect { try EntityTagCondition.read(.ifMatch, from: [.ifMatch: "7"]) } throws: { error in
            guard let problem = error as? Problem else { return false }
            return problem.code == "malformed_request" && problem.detail.contains("If-Match")
        }
    }

    @Test(
        arguments: [
            ([:], false), ([.ifNoneMatch: "W/\"7\""], true), ([.ifNoneMatch: "\"8\""], false), ([.ifMatch: "\"7\""], false),
            ([.ifMatch: "*", .ifNoneMatch: "*"], true), ([.ifMatch: "\"8\", \"7\"", .ifNoneMatch: "\"7\""], true),
            // There is no date to compare with.
            ([.ifModifiedSince: "Fri, 01 Jan 2100 00:00:00 GMT", .ifUnmodifiedSince: "Sat, 01 Jan 2000 00:00:00 GMT"], false),
        ] as [(RequestFields, Bool)])
    func `a reader has a representation already when If-None-Match names it`(_ fields: RequestFields, _ hasIt: Bool) throws {
        #expect(try asking(fields).alreadyHas(strong) == hasIt)
    }

    @Test(arguments: ["\"8\"", "W/\"7\"", "\"8\", W/\"7\""])
    func `If-Match that names no representation there is goes before If-None-Match`(_ value: String) {
        #expect { try asking([.ifMatch: value, .ifNoneMatch: "\"7\""]).alreadyHas(strong) } throws: { error in
            (error as? Problem)?.status == .preconditionFailed
        }
    }

    private func asking(_ fields: RequestFields) -> Request {
        Request(head: RequestHead(method: .get, target: RequestTarget(segments: []), fields: fields), id: "r-1")
    }
}
