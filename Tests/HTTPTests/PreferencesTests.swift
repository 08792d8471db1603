import HTTP
import HTTPTypes
import Testing

@Suite struct PreferencesTests {
    @Test(arguments: [
        ("return=minimal", "return=minimal"), ("return=representation", "return=representation"), ("tx=rollback", "tx=rollback"),
        ("tx=rollback, return=minimal", "return=minimal, tx=rollback"), ("RETURN=minimal", "return=minimal"),
        ("return = \"minimal\" ; foo=\"a,b\" , tx=rollback", "return=minimal, tx=rollback"),
        ("respond-async, wait=10, return=minimal", "return=minimal"), (", ,return=minimal", "return=minimal"),
        // The first of two counts (RFC 7240 §2).
        ("return=representation, return=minimal", "return=representation"),
    ])
    func `what is known is read and told back`(_ value: String, _ applied: String) {
        #expect(Preferences(of: [.prefer: value]).applied == applied)
    }

    @Test(arguments: [
        "", "return", "return=", "return=whole", "tx=commit", "=minimal", "return minimal", "foo; return=minimal", "\"tx=rollback\"",
    ])
    func `what is unknown or malformed is passed over`(_ value: String) {
        #expect(Preferences(of: [.prefer: value]).applied == nil)
    }

    @Test func `lines of the field are one list`() {
        let preferences = Preferences(of: [.prefer: "tx=rollback", .prefer: "return=minimal"])
        #expect(preferences.isRehearsal && preferences.representation == .minimal)
        #expect(Preferences(of: [:]).applied == nil)
    }
}

@Suite struct IdempotencyKeyTests {
    private func key(_ value: String) throws -> String? {
        let head = RequestHead(method: .post, target: RequestTarget(segments: ["v1"]), fields: [.idempotencyKey: value])
        return try Request(head: head, id: "r").idempotencyKey()
    }

    @Test(arguments: [
        ("abc", "abc"), ("\"abc\"", "abc"), ("\"a\\\"b\"", "a\"b"),
        ("8e03978e-40d5-43dd-bc93-6894a57f9324", "8e03978e-40d5-43dd-bc93-6894a57f9324"),
        (String(repeating: "k", count: 255), String(repeating: "k", count: 255)), ("a\"", "a\""),
    ])
    func `a key is visible ASCII, bare or quoted`(_ value: String, _ expected: String) throws {
        #expect(try key(value) == expected)
    }

    @Test(arguments: ["", "\"\"", "a b", "\"a b\"", "\"abc", "\"abc\"d", "é", "a, b", String(repeating: "k", count: 256)])
    func `anything else is refused`(_ value: String) {
        #expect(throws: Problem.self) { try key(value) }
    }

    @Test func `without the field there is no key`() throws {
        #expect(try Request(head: RequestHead(method: .post, target: RequestTarget(segments: ["v1"])), id: "r").idempotencyKey() == nil)
    }
}
