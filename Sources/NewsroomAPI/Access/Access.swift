internal import Crypto
package import HTTP
internal import HTTPTypes
package import Newsroom

/// Who may do what, decided in this one place: everybody reads what they may see, writing needs the admin token.
///
/// The token comes as `Authorization: Bearer TOKEN` (RFC 6750 §2.1). A token that is not right is refused on reads too: somebody who
/// shows one means to be known, and must not take the public view for the whole. Only the digest of the token is kept, and digests are
/// compared in constant time (`SHA256Digest ==`), so that the time tells nothing of how near a guess came.
package struct Access: Sendable {
    private let adminTokenDigest: SHA256Digest?

    /// Without a token, or with an empty one, nobody may write.
    package init(adminToken: String?) {
        if let adminToken, !adminToken.isEmpty {
            adminTokenDigest = Access.digest(Array(adminToken.utf8))
        } else {
            adminTokenDigest = nil
        }
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

    /// Whether the request shows the right token; false when it shows none.
    private func showsToken(_ request: Request) throws(Problem) -> Bool {
        guard request.fields.contains(.authorization) else { return false }
        let lines = request.fields[values: .authorization]
        guard lines.count == 1, let token = Access.bearerToken(lines[0]), let adminTokenDigest,
            Access.digest(token) == adminTokenDigest
        else { throw refusalOfWrong }
        return true
    }

    /// What follows the scheme, which is written in either case (RFC 9110 §11.1).
    private static func bearerToken(_ line: String) -> [UInt8]? {
        let bytes = Array(line.utf8)
        let scheme = Array("bearer ".utf8)
        guard bytes.count > scheme.count, zip(bytes, scheme).allSatisfy({ $0 | 0x20 == $1 }) else { return nil }
        let token = bytes[scheme.count...].drop { $0 == UInt8(ascii: " ") }
        return token.isEmpty || token.contains(UInt8(ascii: " ")) ? nil : Array(token)
    }

    private static func digest(_ token: [UInt8]) -> SHA256Digest {
        var hash = SHA256()
        hash.update(data: token)
        return hash.finalize()
    }

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
        adminTokenDigest == nil
            ? "This server has no token: start it with DATELINE_ADMIN_TOKEN or --admin-token set."
            : "Send the field \"Authorization: Bearer TOKEN\", with the token that the server was started with."
    }
}
