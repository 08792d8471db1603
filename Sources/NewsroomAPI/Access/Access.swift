package import HTTP
internal import HTTPTypes
package import Newsroom

/// Who may do what, decided in this one place.
///
/// A token comes as `Authorization: Bearer TOKEN` (RFC 6750 §2.1). It is the one of the settings, whose holder is an admin, or one that
/// the store keeps. A token that is not right is refused on reads too: somebody who shows one means to be known, and must not take the
/// public view for the whole. The comparison takes the same time for every token of the same length, so that the time tells nothing of
/// how near a guess came.
package struct Access: Sendable {
    /// Empty: there is none.
    private let adminToken: [UInt8]
    private let allowsAnonymous: Bool
    let attempts: FailedAttempts
    private let holders = Holders()
    private let moment: @Sendable () -> ContinuousClock.Instant
    /// Nil while there is no store.
    private var tokens: (any TokenStore)?

    /// - Parameters:
    ///   - adminToken: the token of the settings; nil or empty: there is none.
    ///   - allowsAnonymous: whether what is public is shown to whoever has no token.
    ///   - failuresPerMinute: how many wrong tokens an address may show in a minute.
    ///   - moment: the clock of bounds; another one for tests.
    package init(
        adminToken: String?, allowsAnonymous: Bool = true, failuresPerMinute: Int = 30,
        moment: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        self.adminToken = Array((adminToken ?? "").utf8)
        self.allowsAnonymous = allowsAnonymous
        self.moment = moment
        attempts = FailedAttempts(perMinute: failuresPerMinute, now: moment)
    }

    /// The same, with the tokens that a store keeps.
    func with(_ tokens: any TokenStore) -> Access {
        var access = self
        access.tokens = tokens
        return access
    }

    /// Who asks, for reading.
    ///
    /// - Throws: 401 `unauthorized` for a token that is not right, or a field that holds none, and without one where that is asked for.
    package func viewer(of request: Request) throws(Problem) -> Viewer {
        if let holder = try holder(of: request) { return holder.role.viewer }
        guard allowsAnonymous else { throw refusalOfNone("Reading needs a token.") }
        return .anonymous
    }

    /// Who writes resources of a kind; of all kinds where none is given.
    ///
    /// - Throws: 401 `unauthorized` without the right token; 403 `forbidden` where the token does not allow it.
    package func writer(of request: Request, of kind: Kind? = nil) throws(Problem) -> Actor {
        let holder = try editor(of: request)
        if let kind {
            guard holder.mayWrite(kind) else { throw forbidden("The token may not write \(kind.pathName).") }
        } else {
            guard holder.mayWriteAll else { throw forbidden("The token may write some kinds alone, and this is for all.") }
        }
        return Actor(name: holder.name)
    }

    /// Who writes resources of some kind; of which is asked for each of them.
    ///
    /// - Throws: as `writer`.
    package func writerOfSome(of request: Request) throws(Problem) -> Actor {
        Actor(name: try editor(of: request).name)
    }

    private func editor(of request: Request) throws(Problem) -> AccessToken {
        guard let holder = try holder(of: request) else { throw refusalOfNone("Writing needs a token.") }
        guard holder.role >= .editor else { throw forbidden("A reader's token writes nothing.") }
        return holder
    }

    /// Who keeps the server.
    ///
    /// - Throws: as `writer`.
    package func admin(of request: Request) throws(Problem) -> Actor {
        guard let holder = try holder(of: request) else { throw refusalOfNone("This needs an admin's token.") }
        guard holder.role >= .admin else { throw forbidden("This needs an admin's token.") }
        return Actor(name: holder.name)
    }

    /// Sees to it that what only the newsroom is told is asked for by the newsroom.
    ///
    /// - Throws: 401 `unauthorized`.
    func checkIsNewsroom(_ viewer: Viewer, _ detail: String) throws(Problem) {
        guard viewer.isOfNewsroom else { throw refusalOfNone(detail) }
    }

    /// Takes down in the store when its tokens were shown last.
    ///
    /// - Throws: what the store throws; then it is not known any more.
    package func noteUses() async throws(StoreError) {
        try await tokens?.note(holders.takeUses())
    }

    /// Who shows a bounded number of requests a minute and a right token; nil for all others. Refuses nothing, and asks the store for
    /// nothing where it keeps none that could be meant: a probe of the process must not wait for a disk.
    func boundedHolder(of request: Request) -> AccessToken? {
        guard let tokens else { return nil }
        let holder = request.head.fields.withOnlyValue(of: .authorization) { value -> AccessToken? in
            guard let value, let start = Access.tokenStart(in: value), !isAdminToken(value, from: start),
                let directory = try? tokens.directory(), directory.hasRates
            else { return nil }
            return holders.holder(of: value.extracting(start..<value.count), among: tokens, in: directory)
        }
        guard let holder = holder ?? nil, holder.requestsPerMinute != nil else { return nil }
        return holder
    }

    var clock: @Sendable () -> ContinuousClock.Instant { moment }

    private enum Shown {
        case admin
        case token(AccessToken)
        case wrong
        case failure(StoreError)
    }

    /// Whose token the request shows; nil when it shows none.
    private func holder(of request: Request) throws(Problem) -> AccessToken? {
        switch request.head.fields.withOnlyValue(of: .authorization, shown) {
        case nil: return nil
        case .admin?: return Access.builtIn
        case .token(let token)?: return token
        case .failure(let error)?: throw Problem(error)
        case .wrong?: throw refusalOfWrong
        }
    }

    private func shown(_ value: Span<UInt8>?) -> Shown {
        guard let value, let start = Access.tokenStart(in: value) else { return .wrong }
        if isAdminToken(value, from: start) { return .admin }
        guard let tokens else { return .wrong }
        do throws(StoreError) {
            let directory = try tokens.directory()
            let holder = holders.holder(of: value.extracting(start..<value.count), among: tokens, in: directory)
            return holder.map { .token($0) } ?? .wrong
        } catch {
            return .failure(error)
        }
    }

    /// Where the token begins in a field, in one line, that says `Bearer` in either case (RFC 9110 §11.1); nil in any other.
    private static func tokenStart(in value: Span<UInt8>) -> Int? {
        guard value.count >= 8, word(of: value, at: 0) & schemeMask == scheme else { return nil }
        var start = 7
        while start < value.count, value[start] == UInt8(ascii: " ") { start += 1 }
        return start < value.count ? start : nil
    }

    private func isAdminToken(_ value: Span<UInt8>, from start: Int) -> Bool {
        guard !adminToken.isEmpty, value.count - start == adminToken.count else { return false }
        let (shown, right) = (value.extracting(droppingFirst: start), adminToken.span)
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
    private static let builtIn = AccessToken(name: AccessToken.builtInName, role: .admin)
}

// What is said to whoever may not.
extension Access {
    private func refusalOfNone(_ detail: String) -> Problem {
        Problem(.unauthorized, detail: detail, hint: hint, fields: [.wwwAuthenticate: "Bearer realm=\"dateline\""])
    }

    /// The same for every token and field that is not right, whatever is wrong with it.
    private var refusalOfWrong: Problem {
        Problem(
            .unauthorized, detail: "The token is not valid.", hint: hint,
            fields: [.wwwAuthenticate: "Bearer realm=\"dateline\", error=\"invalid_token\""])
    }

    /// RFC 6750 §3.1.
    private func forbidden(_ detail: String) -> Problem {
        Problem(
            .forbidden, detail: detail, hint: "Ask whoever keeps the server for another token.",
            fields: [.wwwAuthenticate: "Bearer realm=\"dateline\", error=\"insufficient_scope\""])
    }

    /// What is said in place of one more refusal to an address that has had enough of them.
    func refusalOfMore(until seconds: Int) -> Problem {
        Problem(
            .tooManyAttempts, detail: "Too many wrong tokens came from this address.", hint: hint,
            fields: [.retryAfter: "\(seconds)"])
    }

    private var hint: String {
        adminToken.isEmpty
            ? "Make a token with 'dateline token create', or start the server with DATELINE_ADMIN_TOKEN set, and send it as "
                + "\"Authorization: Bearer TOKEN\"."
            : "Send the field \"Authorization: Bearer TOKEN\", with a token that 'dateline token create' made or that the server was "
                + "started with."
    }
}
