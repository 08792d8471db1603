extension JSONParser {
    /// number = [ - ] int [ frac ] [ exp ] (RFC 8259 §6), beginning at `position`.
    mutating func number() throws(JSONError) -> JSONValue {
        let first = position
        var digits = Digits()
        let isNegative = first.pointee == UInt8(ascii: "-")
        if isNegative { position += 1 }
        if position < end, position.pointee == UInt8(ascii: "0") {
            position += 1
            if position < end, Self.isDigit(position.pointee) { throw failure(.invalidNumber, at: position) }
        } else {
            try skipDigits(into: &digits)
        }

        var exponent = 0
        var isInteger = true
        if position < end, position.pointee == UInt8(ascii: ".") {
            isInteger = false
            position += 1
            let fraction = position
            try skipDigits(into: &digits)
            exponent = fraction - position
        }
        if position < end, position.pointee | 0x20 == UInt8(ascii: "e") {
            isInteger = false
            position += 1
            exponent += try writtenExponent()
        }

        if isInteger {
            guard let value = digits.integer(isNegative: isNegative) else {
                throw failure(.numberOutOfRange, at: first)
            }
            return .integer(value)
        }
        let value =
            digits.double(exponent: exponent, isNegative: isNegative) ?? Self.double(first, count: position - first)
        guard value.isFinite else { throw failure(.numberOutOfRange, at: first) }
        return .double(value)
    }

    /// One digit or more.
    private mutating func skipDigits(into digits: inout Digits) throws(JSONError) {
        var place = position
        while place < end, Self.isDigit(place.pointee) {
            digits.append(place.pointee)
            place += 1
        }
        let isEmpty = place == position
        position = place
        if isEmpty { throw failure(.invalidNumber, at: place) }
    }

    /// What follows the `e`: a sign or none, and digits. Held at a bound that no Double comes near.
    private mutating func writtenExponent() throws(JSONError) -> Int {
        let isNegative = position < end && position.pointee == UInt8(ascii: "-")
        if isNegative || position < end && position.pointee == UInt8(ascii: "+") { position += 1 }
        var digits = Digits()
        try skipDigits(into: &digits)
        let magnitude = digits.integer(isNegative: false).map { Int(min($0, 1 << 40)) } ?? 1 << 40
        return isNegative ? -magnitude : magnitude
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    /// The nearest Double by the standard library, which knows no locale; infinite where there is none.
    private static func double(_ first: UnsafePointer<UInt8>, count: Int) -> Double {
        Double(String(decoding: UnsafeBufferPointer(start: first, count: count), as: UTF8.self)) ?? .infinity
    }
}

/// The digits of a number as they come in, without their point.
private struct Digits {
    private var magnitude: UInt64 = 0
    private var isExact = true

    mutating func append(_ byte: UInt8) {
        let (tenfold, overflowsTimes) = magnitude.multipliedReportingOverflow(by: 10)
        let (sum, overflowsPlus) = tenfold.addingReportingOverflow(UInt64(byte - UInt8(ascii: "0")))
        isExact = isExact && !overflowsTimes && !overflowsPlus
        magnitude = isExact ? sum : magnitude
    }

    /// Nil if it does not fit.
    func integer(isNegative: Bool) -> Int64? {
        guard isExact else { return nil }
        return isNegative ? Int64(exactly: -Int128(magnitude)) : Int64(exactly: magnitude)
    }

    /// The digits times a power of ten, if that takes a single rounding and so is exact to the last bit: both
    /// are whole numbers that a Double holds (W. D. Clinger, How to Read Floating Point Numbers Accurately,
    /// 1990). Nil for all others.
    func double(exponent: Int, isNegative: Bool) -> Double? {
        guard isExact, magnitude <= 1 << 53, exponent.magnitude < Self.powersOfTen.count else { return nil }
        let power = Self.powersOfTen[Int(exponent.magnitude)]
        let value = exponent < 0 ? Double(magnitude) / power : Double(magnitude) * power
        return isNegative ? -value : value
    }

    private static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ]
}
