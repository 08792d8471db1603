/// Every reason for which a request head is refused, with the section that asks for it or allows it.
package enum ParseError: Error, CaseIterable, Sendable {
    /// RFC 9112 §2.2: it MAY be taken for a line end; who does not can be played off against who does.
    case bareLineFeed
    /// RFC 9112 §2.2: invalid outside of content.
    case bareCarriageReturn
    /// RFC 9110 §5.5: invalid in values; no other part of a head has them either.
    case controlCharacter
    /// RFC 9112 §2.2: some are ignored in front of the request line.
    case tooManyEmptyLines
    /// RFC 6585 §5.
    case headTooLarge

    /// RFC 9112 §3: single spaces; one MAY split on other white space, at one's own risk.
    case requestLineShape
    /// RFC 9110 §9.1.
    case methodNotToken
    /// RFC 9112 §3: a method longer than any that is implemented SHOULD be 501.
    case methodTooLong
    /// RFC 9112 §2.3.
    case versionMalformed
    /// RFC 9110 §15.6.6.
    case versionNotSupported

    /// RFC 9112 §3: MUST be 414.
    case targetTooLong
    /// RFC 9112 §3.2: one of four forms.
    case targetForm
    /// RFC 3986 §3.3, §3.4; RFC 9112 §3.2: an invalid line SHOULD be 400.
    case targetCharacter
    /// RFC 9110 §7.1: a target has no fragment.
    case targetFragment
    /// RFC 3986 §2.1.
    case targetEscape
    /// RFC 3986 §7.3: escaped control characters are dangerous to what reads the decoded text.
    case targetControlCharacter
    /// RFC 3986 §2.5.
    case targetNotUTF8
    /// RFC 9110 §4.2: the schemes that this server answers for.
    case targetScheme
    /// RFC 9110 §4.2.1: an empty host is invalid; §4.2.4: so is user information.
    case targetAuthority
    /// RFC 9112 §3.2.4.
    case asteriskWithoutOptions
    /// RFC 9110 §9.3.6, §15.6.2.
    case connectNotImplemented

    /// RFC 6585 §5.
    case tooManyFields
    /// RFC 9112 §5.2: a line that is folded MUST be refused or mended; §2.2: white space in front of the first one as well.
    case foldedLine
    /// RFC 9112 §5.
    case fieldNameMissing
    /// RFC 9110 §5.1.
    case fieldNameNotToken
    /// RFC 9112 §5.1: MUST be 400.
    case blankBeforeColon
    /// RFC 9112 §5.
    case colonMissing

    /// RFC 9112 §3.2: MUST be 400.
    case hostMissing
    /// RFC 9112 §3.2: MUST be 400.
    case hostRepeated
    /// RFC 9112 §3.2: MUST be 400.
    case hostMalformed

    /// RFC 9112 §6.3: an invalid one is an unrecoverable error.
    case contentLengthMalformed
    /// RFC 9112 §6.3: several that agree MAY be taken for one; nobody who means well sends them.
    case contentLengthRepeated
    /// RFC 9110 §8.6: any number of digits is valid, so one that overflows is too large and not malformed.
    case contentLengthTooLarge
    /// RFC 9112 §6.1, §6.3: a sign of request smuggling; one MAY drop the length instead.
    case contentLengthWithTransferEncoding
    /// RFC 9112 §6.1: MUST be taken for faulty framing.
    case transferEncodingInHTTP10
    /// RFC 9112 §7: empty elements and parameters of `chunked`, on which readers disagree.
    case transferEncodingMalformed
    /// RFC 9112 §6.3: the length cannot be known: MUST be 400; §6.1: chunked is applied once.
    case chunkedNotLast
    /// RFC 9112 §6.1: SHOULD be 501.
    case transferCodingUnknown

    /// RFC 9110 §10.1.1: MAY be 417.
    case expectationUnknown
}

extension ParseError {
    /// Whether it is certain all the same where the request ends, so that the connection can go on after the answer: nothing but a path, a
    /// query or an expectation is wrong. What names another server, or asks for a tunnel, is not among them.
    var leavesFraming: Bool {
        switch self {
        case .targetTooLong, .targetCharacter, .targetFragment, .targetEscape, .targetControlCharacter, .targetNotUTF8,
            .asteriskWithoutOptions, .expectationUnknown:
            true
        default: false
        }
    }

    /// What this refusal means for the client: its code, and one sentence.
    var summary: (code: ProblemCode, detail: String) {
        switch self {
        case .bareLineFeed: (.malformedRequest, "A line ends with LF alone; lines end with CR LF.")
        case .bareCarriageReturn: (.malformedRequest, "A CR stands in the request head without LF after it.")
        case .controlCharacter: (.malformedRequest, "The request head holds a control character.")
        case .tooManyEmptyLines: (.malformedRequest, "Too many empty lines stand in front of the request line.")
        case .headTooLarge: (.headTooLarge, "The request line and the header fields together are too large.")

        case .requestLineShape:
            (.malformedRequest, "The request line is not a method, a target and a version with one space between them.")
        case .methodNotToken: (.malformedRequest, "The method is not a token.")
        case .methodTooLong: (.notImplemented, "The method is longer than any that is known here.")
        case .versionMalformed: (.malformedRequest, "The request line does not end with a version such as HTTP/1.1.")
        case .versionNotSupported: (.versionNotSupported, "This server speaks HTTP/1.1 and HTTP/1.0.")

        case .targetTooLong: (.targetTooLong, "The request target is too long.")
        case .targetForm: (.malformedTarget, "The request target is neither a path nor an absolute URL.")
        case .targetCharacter: (.malformedTarget, "The request target holds a character that must be percent-encoded.")
        case .targetFragment: (.malformedTarget, "The request target holds a fragment, which is never sent.")
        case .targetEscape: (.malformedTarget, "A percent sign in the request target is not followed by two hexadecimal digits.")
        case .targetControlCharacter: (.malformedTarget, "The request target escapes a control character.")
        case .targetNotUTF8: (.malformedTarget, "The percent escapes in the request target are not UTF-8.")
        case .targetScheme: (.malformedTarget, "The URL in the request line is neither http nor https.")
        case .targetAuthority: (.malformedTarget, "The URL in the request line does not name a valid host.")
        case .asteriskWithoutOptions: (.malformedTarget, "The target * goes with OPTIONS alone.")
        case .connectNotImplemented: (.notImplemented, "This server is no proxy: CONNECT is not implemented.")

        case .tooManyFields: (.headTooLarge, "The request has too many header fields.")
        case .foldedLine: (.malformedRequest, "A header line begins with white space; values cannot be folded over lines.")
        case .fieldNameMissing: (.malformedRequest, "A header line has no field name.")
        case .fieldNameNotToken: (.malformedRequest, "A header field's name is not a token.")
        case .blankBeforeColon: (.malformedRequest, "White space stands between a header field's name and its colon.")
        case .colonMissing: (.malformedRequest, "A header line has no colon.")

        case .hostMissing: (.malformedRequest, "The request has no Host field.")
        case .hostRepeated: (.malformedRequest, "The request has more than one Host field.")
        case .hostMalformed: (.malformedRequest, "The Host field is not a host with an optional port.")

        case .contentLengthMalformed: (.malformedRequest, "Content-Length is not one decimal number.")
        case .contentLengthRepeated: (.malformedRequest, "The request has more than one Content-Length.")
        case .contentLengthTooLarge: (.bodyTooLarge, "Content-Length is larger than any body that is taken here.")
        case .contentLengthWithTransferEncoding: (.malformedRequest, "The request has both Content-Length and Transfer-Encoding.")
        case .transferEncodingInHTTP10: (.malformedRequest, "HTTP/1.0 has no Transfer-Encoding.")
        case .transferEncodingMalformed: (.malformedRequest, "Transfer-Encoding is not a list of codings.")
        case .chunkedNotLast: (.malformedRequest, "The last transfer coding is not chunked, or chunked is there twice.")
        case .transferCodingUnknown: (.notImplemented, "The only transfer coding that is understood here is chunked.")

        case .expectationUnknown: (.expectationFailed, "The only expectation that can be met is 100-continue.")
        }
    }

    /// The bound that was passed, where one was.
    func hint(_ limits: HeadLimits) -> String? {
        switch self {
        case .headTooLarge: "Keep the request head within \(limits.headByteCountMax) bytes."
        case .tooManyFields: "Send at most \(limits.fieldCountMax) header fields."
        case .targetTooLong: "Keep the request target within \(limits.targetByteCountMax) bytes."
        case .targetCharacter: "Percent-encode it as UTF-8, for example a space as %20."
        default: nil
        }
    }
}

extension Problem {
    package init(_ error: ParseError, limits: HeadLimits) {
        let summary = error.summary
        self.init(summary.code, detail: summary.detail, hint: error.hint(limits))
    }
}
