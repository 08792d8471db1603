import Newsroom
import Testing

@Suite struct WebhookTests {
    private func failures(_ change: (inout Webhook.Draft) -> Void) -> [String] {
        var draft = Webhook.Draft(url: WebURL("https://desk.example/changes"))
        change(&draft)
        return draft.settle(DestinationRule()).map { "\($0.path) \($0.rule.rawValue)" }
    }

    @Test func `a URL is all it needs`() {
        #expect(failures { _ in } == [])
        #expect(failures { $0.url = nil } == ["/url required"])
    }

    @Test(arguments: ["http://127.0.0.1/", "https://[::1]/", "http://192.168.0.7:8080/x", "https://desk.example/#part"])
    func `a URL that cannot be sent to is refused at once`(_ text: String) {
        #expect(failures { $0.url = WebURL(text) } == ["/url invalid_value"])
    }

    @Test func `lists that name nothing are refused, and words stand once and in order`() {
        #expect(failures { ($0.kinds, $0.operations) = ([], []) } == ["/kinds required", "/operations required"])
        var draft = Webhook.Draft(
            url: WebURL("https://desk.example"), kinds: [.event, .article, .event], operations: [.deleted, .created], audience: .newsroom)
        #expect(draft.settle(DestinationRule()).isEmpty)
        #expect(draft.kinds == [.event, .article] && draft.operations == [.created, .deleted])
        #expect(draft.wants(.created, of: .event) && !draft.wants(.updated, of: .event) && !draft.wants(.created, of: .person))
    }

    @Test func `the public is told of no transitions`() {
        #expect(failures { $0.operations = [.transitioned] } == ["/operations invalid_value"])
        #expect(failures { ($0.operations, $0.audience) = ([.transitioned], .newsroom) } == [])
    }

    @Test func `a secret is 32 bytes, shown in base64, and does not print itself`() throws {
        let secret = try #require(WebhookSecret(bytes: Array(0..<32)))
        #expect(secret.text == "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
        var dumped = ""
        dump(secret, to: &dumped)
        #expect(!"\(secret) \(String(reflecting: secret)) \(dumped)".contains("AAEC") && !dumped.contains("31"))
        #expect(WebhookSecret(bytes: [1]) == nil)
        #expect(WebhookSecret() != WebhookSecret())
    }

    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ])
    func `base64 is that of RFC 4648`(_ text: String, _ encoded: String) {
        #expect(Base64.text(of: Array(text.utf8)) == encoded)
    }
}
