import Newsroom
import SQLite

/// A token that is good, with what finds it.
struct GoodToken: Sendable {
    let hash: TokenHash
    let token: AccessToken
}

extension Query<GoodToken> {
    static let goodTokens = Query(
        """
        SELECT sha256, name, role, kinds, expires_at_ms, requests_per_minute
        FROM token
        WHERE revoked_at_ms IS NULL
        """
    ) { row throws(SQLiteError) in
        GoodToken(hash: TokenHash(bytes: row.blob(0)), token: AccessToken(row, from: 1))
    }
}

extension Query<KeptToken> {
    static let allTokens = Query(
        """
        SELECT name, role, kinds, expires_at_ms, requests_per_minute, created_at_ms, last_used_at_ms, revoked_at_ms
        FROM token
        ORDER BY id DESC
        """
    ) { row throws(SQLiteError) in
        KeptToken(
            token: AccessToken(row, from: 0), createdAt: Instant(milliseconds: row.integer(5)), lastUsedAt: row.instantOrNil(6),
            revokedAt: row.instantOrNil(7))
    }
}

extension Query<Int64> {
    static let tokenChanges = Query(
        """
        SELECT change_count
        FROM token_state
        """
    ) { row throws(SQLiteError) in row.integer(0) }

    static let goodTokenNamed = Query(
        """
        SELECT id
        FROM token
        WHERE name = $1 AND revoked_at_ms IS NULL
        """
    ) { row throws(SQLiteError) in row.integer(0) }
}

extension SQL {
    static let addToken = SQL(
        """
        INSERT INTO token (name, role, sha256, kinds, requests_per_minute, created_at_ms, expires_at_ms)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """)

    static let revokeToken = SQL(
        """
        UPDATE token
        SET revoked_at_ms = $1
        WHERE id = $2
        """)

    static let noteTokenUse = SQL(
        """
        UPDATE token
        SET last_used_at_ms = $1
        WHERE sha256 = $2 AND revoked_at_ms IS NULL AND coalesce(last_used_at_ms, $1 - 1) < $1
        """)
}

extension AccessToken {
    /// From columns `name, role, kinds, expires_at_ms, requests_per_minute`.
    fileprivate init(_ row: borrowing Row, from first: Int32) {
        let kinds = row.textOrNil(first + 2).map { Set($0.split(separator: ",").compactMap { Kind(rawValue: String($0)) }) }
        self.init(
            // The table allows no other role.
            name: row.text(first), role: Role(rawValue: row.text(first + 1)) ?? .reader, kinds: kinds,
            expiresAt: row.instantOrNil(first + 3), requestsPerMinute: row.integerOrNil(first + 4).map { Int($0) })
    }

    /// As the table has them; nil: all.
    var kindsColumn: String? {
        kinds.map { kinds in Kind.allCases.filter(kinds.contains).map(\.rawValue).joined(separator: ",") }
    }
}
