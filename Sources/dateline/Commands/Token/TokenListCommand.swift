internal import ArgumentParser
internal import Newsroom

/// `dateline token list`: all tokens there ever were, without their secrets.
struct TokenListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Print the tokens, the newest first: name, role, kinds, rate, and what became of each.")

    @OptionGroup var flags: SettingFlags<DatabaseSettings>

    func run() throws {
        let settings = try flags.settings()
        let tokens = try OpenedStore(settings, mustExist: true).once { tokens throws(StoreError) in try await tokens.all() }
        try Self.print(tokens, at: Instant.now())
    }

    private static let head = ["name", "role", "kinds", "rate", "created", "last used", "state"]

    private static func print(_ tokens: [KeptToken], at now: Instant) throws(Failure) {
        let rows = [head] + tokens.map { row($0, at: now) }
        let widths = head.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        for row in rows {
            let cells = row.indices.map { $0 == row.count - 1 ? row[$0] : row[$0].padded(to: widths[$0]) }
            try StandardStream.output.line(cells.joined(separator: "  "))
        }
    }

    private static func row(_ kept: KeptToken, at now: Instant) -> [String] {
        let token = kept.token
        let kinds = token.kinds.map { kinds in Kind.allCases.filter(kinds.contains).map(\.pathName).joined(separator: ",") }
        return [
            token.name, token.role.rawValue, kinds ?? "all", token.requestsPerMinute.map { "\($0)/min" } ?? "any", kept.createdAt.rfc3339,
            kept.lastUsedAt?.rfc3339 ?? "never", state(of: kept, at: now),
        ]
    }

    private static func state(of kept: KeptToken, at now: Instant) -> String {
        if let revokedAt = kept.revokedAt { return "revoked \(revokedAt.rfc3339)" }
        guard let expiresAt = kept.token.expiresAt else { return "good" }
        return kept.token.isExpired(at: now) ? "expired \(expiresAt.rfc3339)" : "good until \(expiresAt.rfc3339)"
    }
}
