internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Newsroom

/// Reads the body of a batch: `{"operations": […]}`, and keeps all that is wrong with its form.
struct BatchReader {
    private(set) var failures: [MemberFailure] = []
    private var operations: [BatchOperation] = []

    /// - Throws: 400 `unknown_member`, 422 `validation_failed`, with all that is wrong, up to a hundred findings.
    static func read(_ object: JSONObject, countMax: Int) throws(Problem) -> [BatchOperation] {
        var reader = BatchReader()
        reader.read(object, countMax: countMax)
        guard reader.failures.isEmpty else { throw .invalid(Array(reader.failures.prefix(MemberFailure.countMax))) }
        return reader.operations
    }

    private mutating func read(_ object: JSONObject, countMax: Int) {
        for (name, _) in object.members where name != "operations" {
            fail("/\(name)", .unknownMember, "does not exist here; there is `operations`")
        }
        switch object["operations"] {
        case .array(let values)?:
            if values.isEmpty { fail("/operations", .required, "must hold one operation at least") }
            guard values.count <= countMax else { return fail("/operations", .tooMany, "may hold \(countMax) operations at most") }
            for (index, value) in values.enumerated() { read(value, at: "/operations/\(index)") }
        case nil: fail("/operations", .required, "must be given: a list of operations")
        default: fail("/operations", .wrongType, "must be a list of operations")
        }
    }

    private mutating func read(_ value: JSONValue, at place: String) {
        guard case .object(let object) = value else { return fail(place, .wrongType, "must be an object with `method` and `path`") }
        for (name, _) in object.members where !BatchReader.names.contains(name) {
            fail("\(place)/\(name)", .unknownMember, "does not exist here; there are `method`, `path`, `body` and `if_match`")
        }
        let (method, target) = (method(object["method"], at: place), target(object["path"], at: place))
        let condition = condition(object["if_match"], at: place)
        guard let method, let target else { return }
        operations.append(BatchOperation(method: method, target: target, body: object["body"], ifMatch: condition))
    }

    private mutating func method(_ value: JSONValue?, at place: String) -> HTTPRequest.Method? {
        switch value {
        case .string(let text)?:
            if let method = BatchReader.methods.first(where: { $0.rawValue == text }) { return method }
            fail("\(place)/method", .invalidValue, "must be POST, PUT, PATCH or DELETE")
        case nil: fail("\(place)/method", .required, "must be given: POST, PUT, PATCH or DELETE")
        default: fail("\(place)/method", .wrongType, "must be a text")
        }
        return nil
    }

    /// What it leads to is found out later; here it is only read.
    private mutating func target(_ value: JSONValue?, at place: String) -> RequestTarget? {
        switch value {
        case .string(let text)?:
            let isPlain = text.utf8.first == UInt8(ascii: "/") && text.utf8.allSatisfy { 0x21...0x7E ~= $0 && !"?#%".utf8.contains($0) }
            if isPlain {
                return RequestTarget(segments: text.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map(String.init))
            }
            fail("\(place)/path", .invalidValue, "must be a path of this API such as /v1/events/ID, with neither query nor escapes")
        case nil: fail("\(place)/path", .required, "must be given: a path of this API")
        default: fail("\(place)/path", .wrongType, "must be a text")
        }
        return nil
    }

    private mutating func condition(_ value: JSONValue?, at place: String) -> EntityTagCondition? {
        switch value {
        case nil, .null?: return nil
        case .string(let text)?:
            if let condition = EntityTagCondition(text) { return condition }
            fail("\(place)/if_match", .invalidValue, "must be * or an ETag in double quotes, as in \"\\\"3\\\"\"")
        default: fail("\(place)/if_match", .wrongType, "must be a text: * or an ETag")
        }
        return nil
    }

    private mutating func fail(_ path: String, _ rule: MemberFailure.Rule, _ message: String) {
        failures.append(MemberFailure(path: path, rule: rule, message: message))
    }

    private static let names: Set = ["method", "path", "body", "if_match"]
    private static let methods: [HTTPRequest.Method] = [.post, .put, .patch, .delete]
}
