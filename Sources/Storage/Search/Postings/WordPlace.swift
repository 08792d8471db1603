import SQLite

/// Where a word stands in a document: the field, and which word of it. Ordered by field, then by place.
struct WordPlace: Sendable, Equatable, Comparable {
    /// The field's number in the upper two bits: 0 title, 1 lead, 2 body.
    let rawValue: UInt32

    init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    init(field: UInt32, position: UInt32) {
        rawValue = field << 30 | min(position, WordPlace.positionMax)
    }

    /// Words behind this one count as standing there.
    static let positionMax: UInt32 = 1 << 30 - 1

    var field: UInt32 { rawValue >> 30 }
    var position: UInt32 { rawValue & WordPlace.positionMax }

    /// The place some words further on.
    func advanced(by count: Int) -> WordPlace { WordPlace(rawValue: rawValue &+ UInt32(truncatingIfNeeded: count)) }

    static func < (one: WordPlace, other: WordPlace) -> Bool { one.rawValue < other.rawValue }
}

/// The places of one posting as bytes: field by field, those that its code names; each place as what it lies behind the one before,
/// doubled, and one more for the last of its field. So they end by themselves.
enum WordPlaces {
    /// - Parameter places: in their order.
    static func append(_ places: ArraySlice<WordPlace>, to bytes: inout [UInt8]) {
        var before: UInt32 = 0
        for index in places.indices {
            let place = places[index]
            let isLast = index + 1 == places.endIndex || places[index + 1].field != place.field
            Varint.append(UInt64(place.position &- before) << 1 | (isLast ? 1 : 0), to: &bytes)
            before = isLast ? 0 : place.position
        }
    }

    /// Behind the places of a posting that begin at `index`.
    ///
    /// - Throws: `damagedPostings` where the bytes end in them.
    static func skip(_ bytes: Span<UInt8>, at index: inout Int, _ fields: FieldSet) throws(SQLiteError) {
        var remaining = fields.count
        var isFirst = true
        while remaining > 0 {
            guard index < bytes.count else { throw .damagedPostings }
            let byte = bytes[index]
            index &+= 1
            // The lowest bit of a number is in its first byte.
            if isFirst, byte & 1 == 1 { remaining &-= 1 }
            isFirst = byte < 0x80
        }
        while !isFirst {
            guard index < bytes.count else { throw .damagedPostings }
            isFirst = bytes[index] < 0x80
            index &+= 1
        }
    }

    /// Reads the places of a posting that begin at `index`, in their order.
    ///
    /// - Throws: `damagedPostings` for what is none.
    static func read(
        _ bytes: Span<UInt8>, at index: inout Int, _ fields: FieldSet, into places: inout [WordPlace]
    ) throws(SQLiteError) {
        places.removeAll(keepingCapacity: true)
        for (number, field) in [FieldSet.title, .lead, .body].enumerated() where fields.contains(field) {
            var position: Int64 = 0
            while true {
                let step = try Varint.read(bytes, at: &index)
                position &+= step >> 1
                guard position >= 0, position <= Int64(WordPlace.positionMax) else { throw .damagedPostings }
                places.append(WordPlace(field: UInt32(number), position: UInt32(position)))
                guard step & 1 == 0 else { break }
            }
        }
    }
}
