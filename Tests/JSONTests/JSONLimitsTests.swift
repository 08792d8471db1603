import Testing

@testable import JSON

struct JSONLimitsTests {
    private static func nested(_ open: String, _ close: String, _ depth: Int) -> [UInt8] {
        Array((String(repeating: open, count: depth) + String(repeating: close, count: depth)).utf8)
    }

    @Test func `64 levels are read and 65 are not`() {
        #expect(outcome(of: Self.nested("[", "]", 64)).value != nil)
        let error = outcome(of: Self.nested("[", "]", 65)).error
        #expect(error?.reason == .tooDeep(depthMax: 64))
        #expect(error?.offset == 64)

        let objects = String(repeating: #"{"a":"#, count: 63)
        #expect(outcome(of: objects + "{}" + String(repeating: "}", count: 63)).value != nil)
        #expect(outcome(of: objects + #"{"a":[]}"# + String(repeating: "}", count: 63)).error?.offset == 63 * 5 + 5)
        #expect(outcome(of: objects + "[1]" + String(repeating: "}", count: 63)).value != nil)
    }

    @Test func `siblings do not add to the depth`() {
        let pairs = Array(repeating: "[[]],{\"a\":{}}", count: 200).joined(separator: ",")
        #expect(outcome(of: "[\(pairs)]", limits: JSONLimits(depthMax: 3)).value != nil)
        #expect(outcome(of: "[\(pairs)]", limits: JSONLimits(depthMax: 2)).error?.reason == .tooDeep(depthMax: 2))
    }

    @Test(arguments: ["[", "{\"a\":", "[{\"\":", "[[1],"])
    func `a hundred thousand open brackets are refused at the limit`(_ open: String) {
        let error = outcome(of: String(repeating: open, count: 100_000)).error
        #expect(error?.reason == .tooDeep(depthMax: 64))
        #expect((error?.offset ?? .max) <= 64 * open.utf8.count)
    }

    @Test func `the greatest depth that can be asked for is read and written`() {
        let limits = JSONLimits(depthMax: 512)
        let bytes = Self.nested("[", "]", 512)
        let value = outcome(of: bytes, limits: limits).value
        #expect(value.map { JSONWriter.text(of: $0) } == bytes)
        #expect(outcome(of: Self.nested("[", "]", 513), limits: limits).error?.reason == .tooDeep(depthMax: 512))
    }

    @Test func `all values count, containers included, names not`() {
        let text = #"{"a":[1,2,{}],"b":null}"#
        #expect(outcome(of: text, limits: JSONLimits(valueCountMax: 6)).value != nil)
        let error = outcome(of: text, limits: JSONLimits(valueCountMax: 5)).error
        #expect(error?.reason == .tooManyValues(valueCountMax: 5))
        #expect(error?.offset == 18)
    }

    @Test func `a hundred thousand values are read and one more is not`() {
        let zeros = String(repeating: "0,", count: 99_998)
        #expect(outcome(of: "[\(zeros)0]").value != nil)
        #expect(outcome(of: "[\(zeros)0,0]").error?.reason == .tooManyValues(valueCountMax: 100_000))
    }

    @Test func `an object of very many members is read, and its duplicate found`() throws {
        let names = (0..<50_000).map { "member \($0 &* 7_919)" }
        let members = names.map { "\"\($0)\":1" }.joined(separator: ",")
        guard case .object(let object) = try JSONReader.read(Array("{\(members)}".utf8)) else {
            Issue.record("no object")
            return
        }
        #expect(object.members.map(\.name) == names)
        for name in [names[0], names[23], names[24], names[25], names[49_999]] {
            let error = outcome(of: "{\(members),\"\(name)\":2}").error
            #expect(error?.reason == .duplicateName(name))
            #expect(error?.offset == members.utf8.count + 2)
        }
    }

    @Test(arguments: 2...60)
    func `a duplicate is found whatever the number of members`(_ count: Int) {
        for duplicate in 0..<count - 1 {
            var names = (0..<count).map { "n\($0)" }
            names[count - 1] = "\\u006E\(duplicate)"
            let text = "{" + names.map { "\"\($0)\":[]" }.joined(separator: ",") + "}"
            #expect(outcome(of: text).error?.reason == .duplicateName("n\(duplicate)"))
        }
    }

    @Test(arguments: 0..<30)
    func `a duplicate is found whichever names are ASCII`(_ count: Int) {
        let names = (0..<count).map { $0 % 7 == 5 ? "\u{E9}\($0)" : "e\($0)" }
        for name in names {
            let text = "{" + (names + [name]).map { "\"\($0)\":0" }.joined(separator: ",") + "}"
            #expect(outcome(of: text).error?.reason == .duplicateName(name))
        }
        let text = "{" + names.map { "\"\($0)\":0" }.joined(separator: ",") + "}"
        #expect(outcome(of: text).value != nil)
    }

    @Test func `the same name may stand in different objects`() {
        #expect(outcome(of: #"{"a":{"a":1},"b":[{"a":2},{"a":3}]}"#).value != nil)
    }

    @Test func `long strings and long numbers are read whole`() {
        let long = String(repeating: "na\u{EF}ve \u{1F5DE}\u{FE0F} ", count: 20_000)
        #expect(outcome(of: "\"\(long)\"").value == .string(long))
        #expect(
            outcome(of: "\"\(String(repeating: "\\n", count: 50_000))\"").value
                == .string(String(repeating: "\n", count: 50_000)))
        #expect(outcome(of: "0." + String(repeating: "3", count: 100_000)).value == .double(1.0 / 3))
        #expect(outcome(of: String(repeating: "9", count: 100_000)).error?.reason == .numberOutOfRange)
        #expect(outcome(of: "1" + String(repeating: "0", count: 400) + "e-400").value == 1.0)
        #expect(outcome(of: "0." + String(repeating: "0", count: 400) + "1e401").value == 1.0)
    }
}
