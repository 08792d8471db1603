package import HTTP
internal import HTTPTypes
package import Newsroom

/// Who may do what, decided in this one place: everybody reads what they may see, writing needs the admin token.
///
/// The token comes as `Authorization: Bearer TOKEN` (RFC 6750 §2.1). A token that is not right is refused on reads too: somebody who
/// shows one means to be known, and must not take the public view for the whole. The comparison takes the same time for every token of
/// the same length, so that the time tells nothing of how near a guess came.
package struct Access: Sendable {
    /// Empty: there is none.
    private let adminToken: [UInt8]

    /// Without a token, or with an empty one, nobody may write.
    package init(adminToken: String?) {
        self.adminToken = Array((adminToken ?? "").utf8)
    }

    /// Who asks, for reading.
    ///
    /// - Throws: 401 `unauthorized` for a token that is not right, or a field that holds none.
    package func viewer(of request: Request) throws(Problem) -> Viewer {
        try showsToken(request) ? .newsroom : .anonymous
    }

    /// Who writes.
    ///
    /// - Throws: 401 `unauthorized` without the right token.
    package func writer(of request: Request) throws(Problem) -> Actor {
        guard try showsToken(request) else { throw refusalOfNone }
        return Actor(name: "admin")
    }

    /// Sees to it that what only the newsroom is told is asked for by the newsroom.
    ///
    /// - Throws: 401 `unauthorized`.
    func checkIsNewsroom(_ viewer: Viewer, _ detail: String) throws(Problem) {
        guard viewer == .newsroom else {
            throw Problem(.unauthorized, detail: detail, hint: hint, fields: [.wwwAuthenticate: "Bearer realm=\"dateline\""])
        }
    }

    /// Whether the request shows the right token; false when it shows none.
    private func showsToken(_ request: Request) throws(Problem) -> Bool {
        guard let isRight = request.head.fields.withOnlyValue(of: .authorization, isRightToken) else { return false }
        guard isRight else { throw refusalOfWrong }
        return true
    }

    /// Whether a field, in one line, says `Bearer` in either case (RFC 9110 §11.1), and then the token.
    private func isRightToken(_ value: Span<UInt8>?) -> Bool {
        guard let value, !adminToken.isEmpty, value.count >= 8, Access.word(of: value, at: 0) & Access.schemeMask == Access.scheme else {
            return false
        }
        var start = 7
        while start < value.count, value[start] == UInt8(ascii: " ") { start += 1 }
        let (shown, right) = (value.extracting(droppingFirst: start), adminToken.span)
        guard shown.count == right.count else { return false }
        var difference: UInt64 = 0
        var index = 0
        while index + 8 <= right.count {
            difference |= Access.word(of: shown, at: index) ^ Access.word(of: right, at: index)
            index += 8
        }
        while index < right.count {
            difference |= UInt64(shown[index] ^ right[index])
            index += 1
        }
        return difference == 0
    }

    /// Eight bytes, the first in the lowest place. Bounds are checked.
    @inline(__always)
    private static func word(of bytes: Span<UInt8>, at index: Int) -> UInt64 {
        UInt64(littleEndian: bytes.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
    }

    /// `BEARER ` as a word, without the bit that parts small letters from capitals, and what of a word is compared with it.
    private static var scheme: UInt64 { 0x0020_5245_5241_4542 }
    private static var schemeMask: UInt64 { 0x00FF_DFDF_DFDF_DFDF }

    private var refusalOfNone: Problem {
        Problem(
            .unauthorized, detail: "Writing needs a token.", hint: hint,
            fields: [.wwwAuthenticate: "Bearer realm=\"dateline\""])
    }

    /// The same for every token and field that is not right, whatever is wrong with it.
    private var refusalOfWrong: Problem {
        Problem(
            .unauthorized, detail: "The token is not valid.", hint: hint,
            fields: [.wwwAuthenticate: "Bearer realm=\"dateline\", error=\"invalid_token\""])
    }

    private var hint: String {
        adminToken.isEmpty
            ? "This server has no token: start it with DATELINE_ADMIN_TOKEN or --admin-token set."
            : "Send the field \"Authorization: Bearer TOKEN\", with the token that the server was started with."
    }
}
