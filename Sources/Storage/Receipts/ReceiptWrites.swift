import Newsroom
import SQLite

// The answers that are kept for whoever repeats a write, in the transaction of that write.
extension WriteSession {
    /// The answer that is kept for this very request; nil where there is none, or none of the last 24 hours.
    ///
    /// - Throws: `keyReused` where the key came with another request; SQLite's errors.
    func receipt(for claim: ReceiptClaim) throws -> Receipt? {
        let kept = try database.first(.keptReceipt) { values in
            values.add(claim.actor)
            values.add(claim.key)
            values.add(oldestKeptMilliseconds)
        }
        guard let kept else { return nil }
        guard kept.requestSHA256 == claim.requestSHA256 else { throw StoreError.keyReused }
        return kept.receipt
    }

    /// Up to which moment others may go so that one more answer can be kept: what is older than a day, and, where as many as may be are
    /// kept, what is older than an hour. Asked before anything is written.
    ///
    /// - Throws: `keysFull` where as many as may be are kept and none is that old; SQLite's errors.
    func roomForReceipt() throws -> Instant {
        guard let kept = try database.first(.keptReceipts), kept.count >= receiptCountMax else {
            return Instant(milliseconds: oldestKeptMilliseconds)
        }
        let moment = now.milliseconds - IdempotencyKey.keptMillisecondsMin
        guard kept.oldestMilliseconds <= moment else { throw StoreError.keysFull }
        return Instant(milliseconds: moment)
    }

    /// Keeps an answer, in place of one that is older than a day, and lets go of a few others from before a moment.
    func keep(_ receipt: Receipt, for claim: ReceiptClaim, forgettingUpTo moment: Instant) throws(SQLiteError) {
        try forgetReceipts(recordedUpTo: moment.milliseconds, countMax: WriteSession.forgottenCountMax)
        try database.run(.keepReceipt) { values in
            values.add(claim.actor)
            values.add(claim.key)
            values.add(blob: claim.requestSHA256)
            values.add(now.milliseconds)
            values.add(receipt.status)
            values.add(receipt.fields.map { "\($0.name): \($0.value)" }.joined(separator: "\n"))
            values.add(blob: receipt.body)
        }
    }

    /// More than one, so that a burst of keys is let go of faster than it came; few, so that no write pays for it.
    private static let forgottenCountMax = 4

    /// Lets go of answers that are older than a day, some at a time.
    func forgetReceipts(countMax: Int) throws(SQLiteError) {
        try forgetReceipts(recordedUpTo: oldestKeptMilliseconds, countMax: countMax)
    }

    private func forgetReceipts(recordedUpTo milliseconds: Int64, countMax: Int) throws(SQLiteError) {
        try database.run(.forgetReceipts) { values in
            values.add(milliseconds)
            values.add(countMax)
        }
    }

    /// Whether there are answers that nobody can ask for any more.
    func hasOldReceipts() throws(SQLiteError) -> Bool {
        try database.first(.oldReceipt) { $0.add(oldestKeptMilliseconds) } != nil
    }

    private var oldestKeptMilliseconds: Int64 { now.milliseconds - IdempotencyKey.keptMilliseconds }
}

/// What is known of all kept answers without counting them.
private struct KeptReceipts: Sendable {
    /// At least as many as there are: the oldest go first, so that their rows' numbers hardly have gaps.
    let count: Int
    let oldestMilliseconds: Int64
}

private struct KeptReceipt: Sendable {
    let requestSHA256: [UInt8]
    let receipt: Receipt
}

extension Receipt.Field {
    /// `Name: value`
    fileprivate init?(line: Substring) {
        guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        self.init(name: String(line[..<colon]), value: String(line[line.utf8.index(after: colon)...].drop { $0 == " " }))
    }
}

extension Query<KeptReceipt> {
    fileprivate static let keptReceipt = Query(
        """
        SELECT request_sha256, status, fields, body
        FROM idempotency_key
        WHERE actor = $1 AND key = $2 AND recorded_at_ms > $3
        """
    ) { row throws(SQLiteError) in
        let fields = row.text(2).split(separator: "\n").compactMap { Receipt.Field(line: $0) }
        return KeptReceipt(
            requestSHA256: row.blob(0), receipt: Receipt(status: Int(row.integer(1)), fields: fields, body: row.blob(3)))
    }
}

extension Query<KeptReceipts> {
    fileprivate static let keptReceipts = Query(
        """
        SELECT (SELECT max(rowid) FROM idempotency_key) - rowid + 1, recorded_at_ms
        FROM idempotency_key
        ORDER BY rowid
        LIMIT 1
        """
    ) { row throws(SQLiteError) in KeptReceipts(count: Int(row.integer(0)), oldestMilliseconds: row.integer(1)) }
}

extension Query<Int64> {
    fileprivate static let oldReceipt = Query(
        """
        SELECT 1
        FROM idempotency_key
        WHERE recorded_at_ms <= $1
        LIMIT 1
        """
    ) { row throws(SQLiteError) in row.integer(0) }
}

extension SQL {
    fileprivate static let keepReceipt = SQL(
        """
        INSERT OR REPLACE INTO idempotency_key (actor, key, request_sha256, recorded_at_ms, status, fields, body)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """)

    fileprivate static let forgetReceipts = SQL(
        """
        DELETE FROM idempotency_key
        WHERE rowid IN (SELECT rowid FROM idempotency_key WHERE recorded_at_ms <= $1 ORDER BY recorded_at_ms, rowid LIMIT $2)
        """)
}
