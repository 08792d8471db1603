import Testing

@testable import JSON

struct JSONValueTests {
    @Test func `literals are the values that they look like`() {
        let value: JSONValue = ["a": 1, "b": [true, 1.5, "x", .null], "c": [:]]
        #expect(
            value
                == .object(
                    JSONObject([
                        ("a", .integer(1)), ("b", .array([.bool(true), .double(1.5), .string("x"), .null])),
                        ("c", .object(JSONObject())),
                    ])))
    }

    @Test func `members and elements are reached by name and index`() {
        let value: JSONValue = ["data": [["id": "art_1"], ["id": "art_2"]]]
        #expect(value["data"]?[1]?["id"] == "art_2")
        #expect(value["data"]?[2] == nil)
        #expect(value["data"]?[-1] == nil)
        #expect(value["data"]?["id"] == nil)
        #expect(value["page"] == nil)
        #expect(value[0] == nil)
    }

    @Test func `setting a member replaces, appends or removes it`() {
        var object = JSONObject([("a", 1), ("b", 2)])
        object["a"] = 3
        object["c"] = .null
        object["b"] = nil
        object["x"] = nil
        #expect(object.members.map(\.name) == ["a", "c"])
        #expect(object["a"] == 3)
        #expect(object["c"] == .null)
    }

    @Test func `objects with their members in another order are not equal, nor an integer and a Double`() {
        #expect((["a": 1, "b": 2] as JSONValue) != ["b": 2, "a": 1])
        #expect((1 as JSONValue) != 1.0)
    }
}
