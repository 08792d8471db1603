internal import ArgumentParser
internal import Newsroom

/// `dateline token create`: prints a new token, alone, once.
struct TokenCreateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Make a token and print it: it is shown this once, and only its SHA-256 is kept.",
        discussion: "The database is made if it does not exist.")

    @Option(help: "What it is called in lists and in the log: unique among tokens that are not revoked.")
    var name: String

    @Option(help: "What it may do: \(Role.allCases.map(\.rawValue).joined(separator: ", ")); each may all that the ones before it may.")
    var role: String

    @Option(
        help: ArgumentHelp(
            "Which kinds an editor may write, by comma: \(Kind.allCases.map(\.pathName).joined(separator: ",")); without it all.",
            valueName: "kind,…"))
    var kinds: String?

    @Option(help: ArgumentHelp("When it ends: a date or an instant (RFC 3339), such as 2026-12-31T23:00:00Z.", valueName: "time"))
    var expires: String?

    @Option(help: ArgumentHelp("How many requests it may make in a minute; without it any number.", valueName: "n"))
    var rate: Int?

    @OptionGroup var flags: SettingFlags<DatabaseSettings>

    func run() throws {
        let settings = try flags.settings()
        let token = try token()
        let complaints = token.complaints(at: Instant.now())
        guard complaints.isEmpty else { throw Failure(complaints, status: .usage) }
        let secret = TokenSecret()
        let isAdded = try OpenedStore(settings).once { tokens throws(StoreError) in
            try await tokens.add(token, tokens.hash(of: Array(secret.text.utf8)))
        }
        guard isAdded else {
            throw Failure("there is a token named \(name): revoke it first, or choose another name", status: .usage)
        }
        try StandardStream.output.line(secret.text)
    }

    private func token() throws(Failure) -> AccessToken {
        guard let role = Role(rawValue: role) else {
            throw Failure("--role is one of \(Role.allCases.map(\.rawValue).joined(separator: ", ")), not '\(role)'", status: .usage)
        }
        return AccessToken(
            name: name, role: role, kinds: try kindSet(), expiresAt: try expiry(), requestsPerMinute: rate)
    }

    private func kindSet() throws(Failure) -> Set<Kind>? {
        guard let kinds else { return nil }
        var set: Set<Kind> = []
        for word in kinds.split(separator: ",", omittingEmptySubsequences: false) {
            guard let kind = Kind.allCases.first(where: { $0.pathName == word }) else {
                throw Failure("--kinds are of \(Kind.allCases.map(\.pathName).joined(separator: ", ")), not '\(word)'", status: .usage)
            }
            set.insert(kind)
        }
        return set
    }

    private func expiry() throws(Failure) -> Instant? {
        guard let expires else { return nil }
        guard let instant = Instant(rfc3339OrDate: expires) else {
            throw Failure("--expires is a date or an instant of RFC 3339, not '\(expires)'", status: .usage)
        }
        return instant
    }
}
