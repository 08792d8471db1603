/// What the bytes received so far amount to.
package enum ParseOutcome: Sendable {
    /// More bytes are needed.
    case incomplete
    /// A whole head, which ended after `byteCount` bytes; what follows is its body or the next request.
    case request(RequestHead, byteCount: Int)
    /// A whole head that cannot be served, though it is certain where the request ends: answer with the problem, and go on. Its target is
    /// none that was asked for.
    case faulty(RequestHead, Problem, byteCount: Int)
    /// Not HTTP, or not HTTP that is spoken here: answer with the problem and close.
    case refusal(Problem)

    /// How many of the bytes are done with.
    package var byteCount: Int {
        switch self {
        case .incomplete, .refusal: 0
        case .request(_, let byteCount), .faulty(_, _, let byteCount): byteCount
        }
    }
}

/// Reads request heads: strict in what can be read in two ways, pure, and without state but for `searched` (RFC 9112).
package enum RequestParser {
    /// Reads one request head from the beginning of `bytes`.
    ///
    /// - Parameters:
    ///   - bytes: all that was received and not yet consumed. At most `limits.headByteCountMax` of them, and a few empty lines in front,
    ///     are ever looked at.
    ///   - searched: how far the end of the head was looked for already. The caller keeps it beside its buffer, at 0 for a new request.
    package static func parse(_ bytes: Span<UInt8>, limits: HeadLimits = .init(), searched: inout Int) -> ParseOutcome {
        let before = searched
        switch HeadScan.run(bytes, byteCountMax: limits.headByteCountMax, searched: &searched) {
        case .incomplete:
            guard let error = lineFault(bytes, newFrom: before, limits: limits) else { return .incomplete }
            return .refusal(Problem(error, limits: limits))
        case .whole(let start, let end):
            do throws(ParseError) {
                let (head, fault) = try head(bytes, from: start, to: end - 2, limits: limits)
                guard let fault else { return .request(head, byteCount: end) }
                return .faulty(head, Problem(fault, limits: limits), byteCount: end)
            } catch {
                return .refusal(Problem(error, limits: limits))
            }
        case .tooLarge(let start):
            return .refusal(Problem(excess(bytes, from: start, limits: limits), limits: limits))
        case .refused(let error):
            return .refusal(Problem(lineFault(bytes, newFrom: 0, limits: limits) ?? error, limits: limits))
        }
    }

    /// Whether a request line has begun: the empty lines in front of it are no part of a request (RFC 9112 §2.2).
    package static func hasBegun(_ bytes: Span<UInt8>) -> Bool {
        for index in bytes.indices where bytes[index] != .carriageReturn && bytes[index] != .lineFeed { return true }
        return false
    }

    /// A head whose lines, each with its CR LF, fill `start..<end`, and what is wrong with it beside its framing.
    private static func head(
        _ bytes: Span<UInt8>, from start: Int, to end: Int, limits: HeadLimits
    ) throws(ParseError) -> (RequestHead, fault: ParseError?) {
        var index = start
        // The target in normal form, and the field lines: all that is kept of a head's bytes.
        var kept: [UInt8] = []
        kept.reserveCapacity(end - start)
        let line = try requestLine(bytes, index: &index, end: end, limits: limits, to: &kept)
        var facts = FieldFacts()
        let lines = try fieldLines(bytes, from: index, to: end, keptFrom: kept.count, limits: limits, facts: &facts)
        kept.append(copying: bytes.extracting(index..<end))
        let framing = try facts.framing(line.version)
        let target = RequestTarget(bytes: kept, pathEnd: line.targetEnds.path, end: line.targetEnds.whole)
        let fields = RequestFields(bytes: kept, lines: lines)
        let head = RequestHead(
            method: line.method, target: target, version: line.version, fields: fields, framing: framing,
            keepsAlive: facts.keepsAlive(line.version),
            expectsContinue: facts.expectsContinue && line.version == .http11 && framing != .none)
        return (head, line.fault ?? facts.fault)
    }

    /// What is wrong with a head that is too large: its request line, if that is too long by itself, or the whole.
    private static func excess(_ bytes: Span<UInt8>, from start: Int, limits: HeadLimits) -> ParseError {
        var index = start
        let end = start + limits.headByteCountMax
        do throws(ParseError) {
            var unused: [UInt8] = []
            return try requestLine(bytes, index: &index, end: end, limits: limits, to: &unused).fault ?? .headTooLarge
        } catch {
            // Where the line goes on beyond the limit, it is not known to be wrong.
            let isCut = bytes.first(.lineFeed, from: start, to: end) == end
            return isCut && (error == .requestLineShape || error == .versionMalformed) ? .headTooLarge : error
        }
    }
}
