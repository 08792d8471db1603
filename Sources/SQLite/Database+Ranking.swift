import CSQLite

/// How well a row of a full-text index matches, as BM25 has it (k1 1.2, b 0.75), but from figures that the caller brings: FTS5's own
/// `bm25` counts all rows that match before it ranks the first, and looks up each row's length.
package struct RankingFactors: Sendable {
    /// What a hit in each column counts.
    package var weights: [Double]
    /// How telling each phrase of the match expression is, in its order; 1 for those beyond.
    package var telling: [Double]
    /// Words of a usual row.
    package var usualLength: Double

    package init(weights: [Double], telling: [Double], usualLength: Double) {
        self.weights = weights
        self.telling = telling
        self.usualLength = usualLength
    }

    /// As the SQL function takes it.
    package var bytes: [UInt8] {
        let numbers = [usualLength, Double(weights.count)] + weights + telling
        return numbers.flatMap { number in withUnsafeBytes(of: number) { Array($0) } }
    }
}

extension Database {
    /// Gives the connection the auxiliary function `ranked(INDEX, LENGTH, FACTORS)`: the length of the row in words, and
    /// `RankingFactors.bytes` (sqlite.org/fts5.html#custom_auxiliary_functions).
    ///
    /// - Throws: `error` where SQLite was built without FTS5.
    package func addRanking() throws(SQLiteError) {
        var statement: OpaquePointer?
        var code = sqlite3_prepare_v2(handle, "SELECT fts5(?1)", -1, &statement, nil)
        guard code == SQLITE_OK, let statement else { throw SQLiteError(code: code, of: handle, context: "SELECT fts5(?1)") }
        defer { sqlite3_finalize(statement) }
        var api: UnsafeMutablePointer<fts5_api>?
        withUnsafeMutablePointer(to: &api) { pointer in
            sqlite3_bind_pointer(statement, 1, pointer, "fts5_api_ptr", nil)
            code = sqlite3_step(statement)
        }
        guard code == SQLITE_ROW, let api, let create = api.pointee.xCreateFunction else {
            throw SQLiteError(code: .error, message: "no full-text search", context: "SELECT fts5(?1)")
        }
        code = create(api, "ranked", nil, Ranking.rank, nil)
        guard code == SQLITE_OK else { throw SQLiteError(code: code, of: handle, context: "ranked") }
    }
}

private enum Ranking {
    static let rank: fts5_extension_function = { api, context, result, count, values in
        guard let api, let result, let values, count == 2, let blob = sqlite3_value_blob(values[1]) else {
            return sqlite3_result_error(result, "ranked(index, length, factors)", -1)
        }
        let length = Double(sqlite3_value_int64(values[0]))
        let factors = UnsafeRawBufferPointer(start: blob, count: Int(sqlite3_value_bytes(values[1])))
        sqlite3_result_double(result, score(api.pointee, context, length, factors))
    }

    private static func number(_ factors: UnsafeRawBufferPointer, _ index: Int) -> Double? {
        guard index >= 0, (index + 1) * 8 <= factors.count else { return nil }
        return factors.loadUnaligned(fromByteOffset: index * 8, as: Double.self)
    }

    private static func score(
        _ api: Fts5ExtensionApi, _ context: OpaquePointer?, _ length: Double, _ factors: UnsafeRawBufferPointer
    ) -> Double {
        let weightCount = Int(number(factors, 1) ?? 0)
        let norm = 1.2 * (0.25 + 0.75 * length / max(1, number(factors, 0) ?? 1))
        guard let phraseCount = api.xPhraseCount?(context), let first = api.xPhraseFirst, let next = api.xPhraseNext else { return 0 }
        var score = 0.0
        for phrase in 0..<phraseCount {
            var hits = Fts5PhraseIter()
            var column: Int32 = -1
            var place: Int32 = 0
            var frequency = 0.0
            guard first(context, phrase, &hits, &column, &place) == SQLITE_OK else { continue }
            while column >= 0 {
                frequency += Int(column) < weightCount ? number(factors, 2 + Int(column)) ?? 1 : 1
                next(context, &hits, &column, &place)
            }
            guard frequency > 0 else { continue }
            let telling = number(factors, 2 + weightCount + Int(phrase)) ?? 1
            score += telling * frequency * 2.2 / (frequency + norm)
        }
        return score
    }
}
