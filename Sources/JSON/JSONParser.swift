/// One pass over one JSON text. The pointers are lent by `JSONReader.read` and never outlive it.
struct JSONParser: ~Copyable {
    let start: UnsafePointer<UInt8>
    let end: UnsafePointer<UInt8>
    /// The next byte to look at; always within `start...end`.
    var position: UnsafePointer<UInt8>
    /// Where strings with escapes are put together. Made for the first one, of the size of all that was left of
    /// the text then, so every later one fits.
    var scratch: UnsafeMutablePointer<UInt8>?
    var isLastStringASCII = true

    private let limits: JSONLimits
    private var depth = 0
    private var valueCount = 0

    init(start: UnsafePointer<UInt8>, count: Int, limits: JSONLimits) {
        self.start = start
        self.end = start + count
        self.position = start
        self.limits = limits
    }

    deinit {
        scratch?.deallocate()
    }

    /// JSON-text = ws value ws (RFC 8259 §2), and nothing else.
    mutating func text() throws(JSONError) -> JSONValue {
        if end - start >= 3, start[0] == 0xEF, start[1] == 0xBB, start[2] == 0xBF {
            throw failure(.byteOrderMark, at: start)
        }
        skipWhiteSpace()
        guard position < end else { throw failure(.emptyText, at: end) }
        let value = try value()
        skipWhiteSpace()
        guard position == end else { throw failure(.trailingText, at: position) }
        return value
    }

    func failure(_ reason: JSONError.Reason, at place: UnsafePointer<UInt8>) -> JSONError {
        JSONError(reason, at: place - start, of: UnsafeBufferPointer(start: start, count: end - start))
    }

    /// The reason at the next byte, or that there is none.
    private func failure(expected reason: JSONError.Reason) -> JSONError {
        failure(position == end ? .unexpectedEnd : reason, at: position)
    }

    private mutating func value() throws(JSONError) -> JSONValue {
        guard position < end else { throw failure(.unexpectedEnd, at: end) }
        valueCount += 1
        guard valueCount <= limits.valueCountMax else {
            throw failure(.tooManyValues(valueCountMax: limits.valueCountMax), at: position)
        }
        switch position.pointee {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "{"): return .object(try object())
        case UInt8(ascii: "["): return .array(try array())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        default: throw failure(.expectedValue, at: position)
        }
    }

    private mutating func array() throws(JSONError) -> [JSONValue] {
        var elements: [JSONValue] = []
        try descend()
        if skip(UInt8(ascii: "]")) {
            depth -= 1
            return elements
        }
        while true {
            elements.append(try value())
            skipWhiteSpace()
            if skip(UInt8(ascii: "]")) { break }
            guard skip(UInt8(ascii: ",")) else { throw failure(expected: .expectedCommaOrBracket) }
            skipWhiteSpace()
            guard position == end || position.pointee != UInt8(ascii: "]") else {
                throw failure(.trailingComma, at: position)
            }
        }
        depth -= 1
        return elements
    }

    private mutating func object() throws(JSONError) -> JSONObject {
        var members: [JSONObject.Member] = []
        var names = JSONNames()
        try descend()
        if skip(UInt8(ascii: "}")) {
            depth -= 1
            return JSONObject()
        }
        while true {
            let (name, isASCII, place) = try name()
            guard names.insert(name, isASCII: isASCII, after: members) else {
                throw failure(.duplicateName(name), at: place)
            }
            members.append((name, try value()))
            skipWhiteSpace()
            if skip(UInt8(ascii: "}")) { break }
            guard skip(UInt8(ascii: ",")) else { throw failure(expected: .expectedCommaOrBrace) }
            skipWhiteSpace()
            guard position == end || position.pointee != UInt8(ascii: "}") else {
                throw failure(.trailingComma, at: position)
            }
        }
        depth -= 1
        return JSONObject(members)
    }

    /// A member's name, whether it is ASCII, and the place of its opening quote. Passes the colon too.
    private mutating func name() throws(JSONError) -> (String, Bool, UnsafePointer<UInt8>) {
        guard position < end, position.pointee == UInt8(ascii: "\"") else { throw failure(expected: .expectedName) }
        let place = position
        let name = try string()
        let isASCII = isLastStringASCII
        skipWhiteSpace()
        guard skip(UInt8(ascii: ":")) else { throw failure(expected: .expectedColon) }
        skipWhiteSpace()
        return (name, isASCII, place)
    }

    /// Passes the bracket that begins an array or an object.
    private mutating func descend() throws(JSONError) {
        guard depth < limits.depthMax else { throw failure(.tooDeep(depthMax: limits.depthMax), at: position) }
        depth += 1
        position += 1
        skipWhiteSpace()
    }

    private mutating func skip(_ byte: UInt8) -> Bool {
        guard position < end, position.pointee == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipWhiteSpace() {
        var place = position
        while place < end, place.pointee <= 0x20 {
            switch place.pointee {
            case 0x20, 0x0A, 0x0D, 0x09: place += 1
            default:
                position = place
                return
            }
        }
        position = place
    }

    private mutating func literal(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        for index in 0..<word.utf8CodeUnitCount {
            guard position + index < end else { throw failure(.unexpectedEnd, at: end) }
            guard position[index] == word.utf8Start[index] else { throw failure(.invalidLiteral, at: position) }
        }
        position += word.utf8CodeUnitCount
        return value
    }
}

/// The names of the object that is being read, to tell when one comes again. While they are few and ASCII they
/// are scanned; then they go into a set, so that the time stays linear whatever they are.
struct JSONNames {
    private static let scanCountMax = 24
    private var names: Set<String> = []

    /// False if the name is there already. `members` are those whose names were inserted before.
    mutating func insert(_ name: String, isASCII: Bool, after members: [JSONObject.Member]) -> Bool {
        if names.isEmpty {
            if isASCII && members.count < Self.scanCountMax {
                for index in members.indices where members[index].name == name { return false }
                return true
            }
            for index in members.indices { names.insert(members[index].name) }
        }
        return names.insert(name).inserted
    }
}
