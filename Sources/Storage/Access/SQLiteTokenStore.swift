import Crypto
import Locks
import Newsroom
import SQLite
import Synchronization

/// The tokens of one file.
final class SQLiteTokenStore: TokenStore {
    private struct Known {
        var edition: Edition?
        var changeCount: Int64 = -1
        var directory = TokenDirectory.empty
    }

    private let engine: Engine
    private let known = Lock(Known())

    init(_ engine: Engine) {
        self.engine = engine
    }

    var now: Instant { engine.now() }

    func hash(of secret: [UInt8]) -> TokenHash { TokenHash(bytes: Array(SHA256.hash(data: secret))) }

    func add(_ token: AccessToken, _ hash: TokenHash) async throws(StoreError) -> Bool {
        try await engine.writer.perform { session in
            guard try session.database.first(.goodTokenNamed, { $0.add(token.name) }) == nil else { return false }
            try session.database.run(.addToken) { values in
                values.add(token.name)
                values.add(token.role.rawValue)
                values.add(blob: hash.bytes)
                values.add(token.kindsColumn)
                values.add(token.requestsPerMinute.map { Int64($0) })
                values.add(session.now.milliseconds)
                values.add(token.expiresAt?.milliseconds)
            }
            return true
        }
    }

    func revoke(named name: String) async throws(StoreError) -> Bool {
        try await engine.writer.perform { session in
            guard let id = try session.database.first(.goodTokenNamed, { $0.add(name) }) else { return false }
            try session.database.run(.revokeToken) { values in
                values.add(session.now.milliseconds)
                values.add(id)
            }
            return true
        }
    }

    func all() async throws(StoreError) -> [KeptToken] {
        try await engine.readers.longQueries.read { database in try database.all(.allTokens) }
    }

    func note(_ uses: [TokenHash: Instant]) async throws(StoreError) {
        guard !uses.isEmpty else { return }
        try await engine.writer.perform { session in
            for (hash, instant) in uses {
                try session.database.run(.noteTokenUse) { values in
                    values.add(instant.milliseconds)
                    values.add(blob: hash.bytes)
                }
            }
        }
    }

    func directory() throws(StoreError) -> TokenDirectory {
        // Asked before the reading: what is read is as new or newer.
        let edition = engine.readers.editions.current
        if let directory = known.withLock({ $0.edition == edition ? $0.directory : nil }) { return directory }
        let knownCount = known.withLock { $0.changeCount }
        let read = try engine.readers.pool.read { database -> (Int64, [GoodToken]?) in
            let changeCount = try database.first(.tokenChanges) ?? 0
            return (changeCount, changeCount == knownCount ? nil : try database.all(.goodTokens))
        }
        return known.withLock { known in
            // Another loop may have read something newer meanwhile: then that stands.
            if let tokens = read.1, read.0 > known.changeCount {
                known.directory = TokenDirectory(Dictionary(tokens.map { ($0.hash, $0.token) }) { $1 })
                known.changeCount = read.0
            }
            if read.0 >= known.changeCount { known.edition = edition }
            return known.directory
        }
    }
}
