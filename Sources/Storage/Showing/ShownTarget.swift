import Newsroom

/// What an article refers to and is shown with, in eight bytes: as `article_rendering.targets` has it.
struct ShownTarget: Hashable {
    /// Eight times the key of the target's row, and the number of its kind.
    private let bits: Int64

    /// - Parameter key: of the row in the kind's own table.
    init(_ kind: Kind, key: Int64) {
        bits = key << 3 | ShownTarget.number(of: kind)
    }

    private init(bits: Int64) {
        self.bits = bits
    }

    private static func number(of kind: Kind) -> Int64 {
        switch kind {
        case .person: 0
        case .organization: 1
        case .event: 2
        case .article: 3
        case .statement: 4
        }
    }

    var key: Int64 { bits >> 3 }

    var kind: Kind {
        switch bits & 7 {
        case 0: .person
        case 1: .organization
        case 2: .event
        case 3: .article
        default: .statement
        }
    }

    static let byteCount = 8

    /// The target whose bytes begin at a place: there are as many.
    init(_ bytes: Span<UInt8>, at start: Int) {
        var bits: UInt64 = 0
        for index in 0..<ShownTarget.byteCount { bits |= UInt64(bytes[start + index]) << UInt64(8 * index) }
        self.bits = Int64(bitPattern: bits)
    }

    func append(to bytes: inout [UInt8]) {
        for index in 0..<ShownTarget.byteCount { bytes.append(UInt8(truncatingIfNeeded: bits >> Int64(8 * index))) }
    }
}
