internal import HTTPTypes

/// Where a request stands in a trace that somebody else has begun (https://www.w3.org/TR/trace-context-1/#traceparent-header), with a span
/// of this server's own: what joins its log to theirs.
package struct TraceContext: Sendable, Equatable {
    private let traceHigh: UInt64
    private let traceLow: UInt64
    private let parent: UInt64
    private let span: UInt64
    /// Whether the caller may have recorded its part; the other flags have no meaning yet.
    private let isSampled: Bool

    /// Reads the value of a field `traceparent`; nil for what is none, which is ignored as the standard says.
    ///
    /// - Parameter span: what this server calls its part; not 0.
    package init?(_ value: Span<UInt8>, span: UInt64) {
        guard value.count >= Self.byteCount, let version = Self.number(value, 0..<2), version != 0xFF,
            // A later version may have more to say behind another dash (§3.2.4).
            value.count == Self.byteCount || version > 0 && value[Self.byteCount] == UInt8(ascii: "-"),
            value[2] == UInt8(ascii: "-"), value[35] == UInt8(ascii: "-"), value[52] == UInt8(ascii: "-"),
            let high = Self.number(value, 3..<19), let low = Self.number(value, 19..<35), high | low != 0,
            let parent = Self.number(value, 36..<52), parent != 0, let flags = Self.number(value, 53..<55)
        else { return nil }
        (traceHigh, traceLow, self.parent, self.span, isSampled) = (high, low, parent, span, flags & 1 == 1)
    }

    private static let byteCount = 55

    /// Digits and small letters alone: capitals are refused by the standard.
    private static func number(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64? {
        var number: UInt64 = 0
        for index in range {
            guard let digit = bytes[index].hexValue, bytes[index].isDigit || bytes[index] & 0x20 != 0 else { return nil }
            number = number << 4 | UInt64(digit)
        }
        return number
    }

    package var traceID: String { Self.digits(traceHigh) + Self.digits(traceLow) }
    /// What the caller calls its part.
    package var parentID: String { Self.digits(parent) }
    package var spanID: String { Self.digits(span) }

    /// The line that tells the caller of this server's part (https://w3c.github.io/trace-context/#traceresponse-header, a draft).
    var responseLine: String { "traceresponse: 00-\(traceID)-\(spanID)-0\(isSampled ? 1 : 0)\r\n" }

    private static func digits(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}

extension RequestHead {
    /// The trace that the request is part of; nil without a valid field `traceparent`, and with several.
    package func trace(span: @autoclosure () -> UInt64) -> TraceContext? {
        let trace = fields.withOnlyValue(of: .traceparent) { value -> TraceContext? in
            guard let value else { return nil }
            return TraceContext(value, span: span())
        }
        return trace ?? nil
    }
}
