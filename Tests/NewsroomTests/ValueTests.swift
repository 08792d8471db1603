import Newsroom
import Testing

struct LanguageTagTests {
    @Test(arguments: [
        ("en", "en"), ("EN", "en"), ("pt-br", "pt-BR"), ("ZH-hant-tw", "zh-Hant-TW"), ("de-ch-1996", "de-CH-1996"), ("es-419", "es-419"),
        ("sl-rozaj-biske", "sl-rozaj-biske"), ("zh-yue-HK", "zh-yue-HK"), ("en-a-bbb-x-a-ccc", "en-a-bbb-x-a-ccc"),
        ("x-Whatever", "x-whatever"),
        ("de-latn-de-1901-u-co-phonebk", "de-Latn-DE-1901-u-co-phonebk"), ("fil", "fil"), ("sr-Latn", "sr-Latn"),
        ("en-u-ca-GREGORY", "en-u-ca-gregory"),
    ])
    func `well-formed tags are taken in canonical case`(_ text: String, _ canonical: String) {
        #expect(LanguageTag(text)?.text == canonical)
    }

    @Test(arguments: [
        "", "e", "-", "en-", "-en", "en--US", "en_US", "english-language-tag-toolong", "abcdefghi", "en-US-US", "e1", "123", "en-x", "x",
        "en-a",
        "en-a-", "de-1996-1996", "en-a-bb-a-cc", "i-klingon", "en us", "en-é", "deutsch!", "en-USA-x", String(repeating: "a-", count: 60),
    ])
    func `others are not`(_ text: String) {
        #expect(LanguageTag(text) == nil)
    }
}

struct WebURLTests {
    @Test(arguments: [
        "http://example.org", "https://example.org/", "HTTPS://Example.org/a?b=c#d", "https://example.org:8443/x",
        "https://xn--bcher-kva.example/",
        "https://bücher.example/ä", "http://[::1]/", "http://[::1]:8080", "http://a_b.example:/", "https://example.org/a|b?c={d}@e:f[g]",
        "http://example.org?q", "http://example.org#f",
        "https://example.org/" + String(repeating: "a", count: 1_980),
    ])
    func `absolute web addresses are taken as they are`(_ text: String) {
        #expect(WebURL(text)?.text == text)
    }

    @Test(arguments: [
        "", "example.org", "//example.org", "/path", "ftp://example.org", "http:/example.org", "http://", "https:///path", "http://?q",
        "http://:80/",
        "javascript:alert(1)", "https://example.org/a b", "https://example.org/\n", "https://exa\u{0}mple.org",
        "https://example.org/\u{7F}", "httpss://x", "http://a\"b<c>/", "http://user:pw@h/", "http://user@h/", "http://h:8a/",
        "http://[::1/",
        "http://[]/", "http://[::1]x/", "http://[g]/", "http://exa\u{202E}mple.org/", "http://exa\u{200B}mple.org/", "http://h/\u{202E}x",
        "http://h/\"", "http://h/<b>", "http://h\\x/", "http://h/\u{3000}", "http://h/\u{85}", "http://h,i/", "http://{h}/",
        "https://example.org/" + String(repeating: "a", count: 1_981),
    ])
    func `others are not`(_ text: String) {
        #expect(WebURL(text) == nil)
    }
}

struct CodeTests {
    @Test func `countries are two letters of ISO 3166-1, folded to upper case`() {
        #expect(CountryCode("IL")?.text == "IL")
        #expect(CountryCode("us")?.text == "US")
        #expect(CountryCode("xK")?.text == "XK")
        for text in ["", "I", "ISR", "ZZ", "UK", "1L", "ÄÖ", " I", "I\n"] { #expect(CountryCode(text) == nil) }
    }

    @Test func `urgency is 1 to 9`() {
        #expect((1...9).allSatisfy { Urgency($0)?.value == $0 })
        for value in [0, 10, -1, .max, .min] { #expect(Urgency(value) == nil) }
    }

    @Test(arguments: [
        ("reuters21578:17", "reuters21578", "17"), ("a:b:c", "a", "b:c"), ("x.y_z-1: 1".replacing(": ", with: ":"), "x.y_z-1", "1"),
        ("bench:o-Côte d’Ivoire", "bench", "o-Côte d’Ivoire"),
    ])
    func `an external id is a source and a value`(_ text: String, _ source: String, _ value: String) {
        #expect(ExternalID(text) == ExternalID(source: source, value: value))
        #expect(ExternalID(text)?.description == text)
    }

    @Test(arguments: [
        "", ":", "a:", ":a", "a", "A:b", "-a:b", "a b:c", "a: b", "a:b ", "a:\u{1}", "a:b\u{85}", "ä:b",
        "a:" + String(repeating: "x", count: 256),
    ])
    func `other texts are no external ids`(_ text: String) {
        #expect(ExternalID(text) == nil)
    }
}
