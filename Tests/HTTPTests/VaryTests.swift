import HTTP
import HTTPTypes
import Testing

struct VaryTests {
    @Test(
        arguments: [
            (nil, ["Origin"], "Origin"), ("", ["Origin"], "Origin"),
            ("Authorization", ["Accept-Encoding"], "Authorization, Accept-Encoding"),
            ("Authorization, accept-encoding", ["Accept-Encoding"], "Authorization, accept-encoding"), ("*", ["Origin"], "*"),
            ("Origin ,Accept", ["Accept", "Origin", "Cookie"], "Origin ,Accept, Cookie"), (nil, ["A", "B"], "A, B"),
            ("X-Origin", ["Origin"], "X-Origin, Origin"),
        ] as [(String?, [String], String)])
    func `names are joined to those that are there, each once`(_ before: String?, _ names: [String], _ after: String) {
        var fields = HTTPFields()
        if let before { fields[.vary] = before }
        for name in names { fields.vary(by: name) }
        #expect(fields[.vary] == after)
    }
}
