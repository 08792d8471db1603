import JSON
import Newsroom

/// Reads the values of one document and collects what is wrong with them. Each method sets what it is given only if the value is right.
package struct DocumentReader {
    let mode: ReadingMode
    /// The first of them; see `MemberFailure.countMax`.
    private(set) var failures: [MemberFailure] = []
    /// All of them.
    private(set) var failureCount = 0
    /// See `Proposal.positions`.
    private(set) var positions: [String: [Int]] = [:]

    init(mode: ReadingMode) {
        self.mode = mode
    }

    mutating func fail(_ path: String, _ rule: MemberFailure.Rule, _ message: String) {
        failureCount += 1
        guard failureCount <= MemberFailure.countMax else { return }
        failures.append(MemberFailure(path: path, rule: rule, message: message))
    }

    /// For what must be there; where reading it failed, that was said.
    mutating func require<Value>(_ value: Value?, at path: String) {
        guard value == nil, !failures.contains(where: { $0.path == path }) else { return }
        fail(path, .required, "must be given")
    }

    mutating func failType(_ value: JSONValue, _ path: String, _ wanted: String) {
        fail(path, .wrongType, "must be \(wanted), not \(value.typeName)")
    }

    mutating func failUnknown(_ name: String, at path: String, among known: [String]) {
        // Nobody reads more of these, and looking for what was meant takes its time.
        let mayLook = failureCount < MemberFailure.countMax
        let nearest = (mayLook ? Nearest.name(to: name, in: known) : nil).map { ", did you mean `\($0)`?" } ?? ""
        fail(path, .unknownMember, "is not known here\(nearest)")
    }

    /// A string; nil, and a failure, for anything else.
    mutating func string(_ value: JSONValue, at path: @autoclosure () -> String) -> String? {
        if case .string(let text) = value { return text }
        failType(value, path(), "a string")
        return nil
    }

    /// An object's members; nil, and a failure, for anything else.
    mutating func object(_ value: JSONValue, at path: @autoclosure () -> String) -> JSONObject? {
        if case .object(let object) = value { return object }
        failType(value, path(), "an object")
        return nil
    }

    /// A text; null is none.
    mutating func text(_ value: JSONValue, into text: inout String?, at path: @autoclosure () -> String) {
        if case .null = value {
            text = nil
        } else if let read = string(value, at: path()) {
            text = read
        }
    }

    /// A text; null is an empty one.
    mutating func text(_ value: JSONValue, into text: inout String, at path: @autoclosure () -> String) {
        if case .null = value {
            text = ""
        } else if let read = string(value, at: path()) {
            text = read
        }
    }

    /// A value that is written as a string; null is none. `form` says what the string looks like.
    mutating func parsed<Value>(
        _ value: JSONValue, into parsed: inout Value?, at path: @autoclosure () -> String, _ form: String,
        _ parse: (String) -> Value?
    ) {
        if case .null = value {
            parsed = nil
        } else if let text = string(value, at: path()) {
            if let read = parse(text) {
                parsed = read
            } else {
                fail(path(), .invalidValue, "must be \(form)")
            }
        }
    }

    mutating func instant(_ value: JSONValue, into instant: inout Instant?, at path: @autoclosure () -> String) {
        parsed(value, into: &instant, at: path(), "a date and time with an offset, such as 2024-03-27T18:05:00Z") {
            Instant(rfc3339: $0)
        }
    }

    mutating func date(_ value: JSONValue, into date: inout PartialDate?, at path: @autoclosure () -> String) {
        parsed(value, into: &date, at: path(), "a date, such as 1949, 1949-10 or 1949-10-21") { PartialDate($0) }
    }

    mutating func slug(_ value: JSONValue, into slug: inout Slug?, at path: @autoclosure () -> String) {
        parsed(value, into: &slug, at: path(), "1 to \(Slug.lengthMax) of a-z, 0-9 and single hyphens between them") { Slug($0) }
    }

    /// One of a closed vocabulary; null is none.
    mutating func word<Word: RawRepresentable<String> & CaseIterable>(
        _ value: JSONValue, into word: inout Word?, at path: @autoclosure () -> String
    ) {
        if case .null = value {
            word = nil
        } else if let text = string(value, at: path()) {
            if let read = Word(rawValue: text) {
                word = read
            } else {
                let words = Word.allCases.map(\.rawValue)
                let nearest = Nearest.name(to: text, in: words).map { ", did you mean `\($0)`?" } ?? ""
                fail(path(), .invalidValue, "must be one of \(words.map { "`\($0)`" }.joined(separator: ", "))\(nearest)")
            }
        }
    }

    /// One of a closed vocabulary; null is the one that holds where nothing is said.
    mutating func word<Word: RawRepresentable<String> & CaseIterable>(
        _ value: JSONValue, into word: inout Word, otherwise unsaid: Word, at path: @autoclosure () -> String
    ) {
        var read: Word? = word
        self.word(value, into: &read, at: path())
        word = read ?? unsaid
    }

    /// A list, each item of which `read` makes, given its path; null is an empty one. Items that cannot be read are left out, and of a
    /// list that is too long none is looked at.
    mutating func list<Item>(
        _ value: JSONValue, into list: inout [Item], at path: String, countMax: Int,
        _ read: (inout DocumentReader, JSONValue, _ path: String) -> Item?
    ) {
        switch value {
        case .null: list = []
        case .array(let values):
            list = []
            guard values.count <= countMax else { return fail(path, .tooMany, "may hold \(countMax) at most, not \(values.count)") }
            list.reserveCapacity(values.count)
            var readable: [Int] = []
            readable.reserveCapacity(values.count)
            for (index, value) in values.enumerated() {
                guard let item = read(&self, value, "\(path)/\(index)") else { continue }
                list.append(item)
                readable.append(index)
            }
            if readable.count < values.count { positions[path] = readable }
        default: failType(value, path, "an array")
        }
    }

    mutating func strings(_ value: JSONValue, into list: inout [String], at path: String, countMax: Int) {
        self.list(value, into: &list, at: path, countMax: countMax) { reader, value, path in reader.string(value, at: path) }
    }

    /// A number of degrees; null is none.
    mutating func number(_ value: JSONValue, into number: inout Double?, at path: @autoclosure () -> String) {
        switch value {
        case .null: number = nil
        case .integer(let whole): number = Double(whole)
        case .double(let read): number = read
        default: failType(value, path(), "a number")
        }
    }

    mutating func flag(_ value: JSONValue, into flag: inout Bool, at path: @autoclosure () -> String) {
        switch value {
        case .null: flag = false
        case .bool(let read): flag = read
        default: failType(value, path(), "true or false")
        }
    }
}

extension JSONValue {
    /// What a message calls it.
    var typeName: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .integer, .double: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

/// A name as a part of a JSON Pointer (RFC 6901 §3).
func pointerPart(_ name: String) -> String {
    guard name.utf8.contains(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "~") }) else { return name }
    var bytes: [UInt8] = []
    for byte in name.utf8 {
        switch byte {
        case UInt8(ascii: "~"): bytes.append(contentsOf: "~0".utf8)
        case UInt8(ascii: "/"): bytes.append(contentsOf: "~1".utf8)
        default: bytes.append(byte)
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}
