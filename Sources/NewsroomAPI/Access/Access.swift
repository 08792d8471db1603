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
        guard let value else { return false }
        var start = Access.scheme.count
        guard value.count > start, !adminToken.isEmpty else { return false }
        for index in 0..<start where value[index] | 0x20 != Access.scheme[index] { return false }
        while start < value.count, value[start] == UInt8(ascii: " ") { start += 1 }
        guard value.count - start == adminToken.count else { return false }
        var difference: UInt8 = 0
        for index in 0..<adminToken.count { difference |= adminToken[index] ^ value[start + index] }
        return difference == 0
    }

    private static let scheme = Array("bearer ".utf8)

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
