import JSON
import Newsroom

/// Rows that are written together, in the order of the input.
struct ImportBatch: Sendable {
    private(set) var rows: [PendingRow] = []
    private(set) var byteCount = 0

    mutating func append(_ row: PendingRow) {
        rows.append(row)
        byteCount += row.byteCount
    }
}

/// Rows that wait: for what they refer to, or for an earlier row of the same resource.
struct WaitingRoom: Sendable {
    private(set) var rows: [PendingRow] = []
    private(set) var byteCount = 0
    /// What their resources are called.
    private(set) var names: Set<ImportName> = []

    init(_ rows: [PendingRow] = []) {
        for row in rows { append(row) }
    }

    mutating func append(_ row: PendingRow) {
        rows.append(row)
        byteCount += row.byteCount
        names.formUnion(row.names)
    }

    /// All of them, in the order of the input; none is left.
    mutating func takeAll() -> [PendingRow] {
        defer { self = WaitingRoom() }
        return rows.sorted { $0.line < $1.line }
    }

    /// Those that lack something for good, when none of the rows gets on: the first that another stands behind, so that this one moves up
    /// and may be what others lack; all, when nobody stands behind another. They are here no more.
    mutating func takeHopeless() -> [PendingRow] {
        let all = takeAll()
        let behind = WaitingRoom(all.filter { $0.problem == nil })
        guard let first = all.firstIndex(where: { $0.problem != nil && !behind.names.isDisjoint(with: $0.names) }) else { return all }
        self = WaitingRoom(Array(all[..<first] + all[(first + 1)...]))
        return [all[first]]
    }
}

/// A row between its line and its result.
struct PendingRow: Sendable {
    let line: Int
    let byteCount: Int
    private(set) var type: RecordType?
    private(set) var id: String?
    private(set) var externalID: String?
    /// What the store is given; nil where the line is no record.
    private(set) var row: ImportRow?
    /// What its resource is called, of a row that waits.
    private(set) var names: Set<ImportName> = []
    /// Why it is no record, or why it had to wait; nil for a row that waits only because an earlier one of the same resource does.
    private(set) var problem: ImportProblem?

    /// Nil for a blank line.
    init?(_ line: LineSplitter.Line, limits: ImportLimits) {
        self.line = line.number
        byteCount = line.bytes?.count ?? 0
        guard let bytes = line.bytes else {
            problem = ImportProblem(code: "malformed_line", message: "the line is longer than \(limits.lineByteCountMax) bytes")
            return
        }
        if bytes.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }) { return nil }
        do throws(JSONError) {
            guard case .object(let object) = try JSONReader.read(bytes, limits: JSONLimits(depthMax: limits.depthMax)) else {
                problem = ImportProblem(code: "malformed_line", message: "a line holds one JSON object")
                return
            }
            read(object)
        } catch {
            // The record is one line, so its own line number would only confuse.
            let message = error.message.replacing(" at line 1, column ", with: " at column ")
            problem = ImportProblem(code: error.isLimit ? "json_too_complex" : "malformed_json", message: message)
        }
    }

    private mutating func read(_ object: JSONObject) {
        type = try? ImportRecord.type(of: object).get()
        if case .string(let id)? = object["id"] { self.id = id }
        if case .string(let externalID)? = object["external_id"] {
            self.externalID = externalID
        } else if case .object(let ids)? = object["external_ids"], let first = ids.members.first, case .string(let id) = first.value {
            externalID = "\(first.name):\(id)"
        }
        switch ImportRecord.row(object) {
        case .success(let row): self.row = row
        case .failure(let problem): self.problem = problem
        }
    }

    /// The row as it waits.
    func waiting(_ failure: ValidationFailure?, _ names: Set<ImportName>) -> PendingRow {
        var row = self
        row.names = names
        row.problem = failure.map { .invalid($0.failures) }
        return row
    }

    /// The result of a row that the store was not given, or not again.
    func result() -> ImportRowResult { result(problem) }

    func result(_ problem: ImportProblem?) -> ImportRowResult {
        ImportRowResult(line: line, outcome: .invalid, type: type, id: id, externalID: externalID, problem: problem)
    }

    func result(_ outcome: ImportOutcome) -> ImportRowResult {
        func result(_ word: ImportRowResult.Outcome, _ id: String) -> ImportRowResult {
            ImportRowResult(line: line, outcome: word, type: type, id: id, externalID: externalID, problem: nil)
        }
        switch outcome {
        case .created(let id): return result(.created, id)
        case .updated(let id): return result(.updated, id)
        case .unchanged(let id): return result(.unchanged, id)
        case .refused(let error): return self.result(ImportProblem(error))
        case .waits(let failure?, _): return self.result(.invalid(failure.failures))
        case .waits(nil, _):
            let message = "an earlier row of the same resource waits for what it refers to, and no more rows can wait"
            return self.result(ImportProblem(code: "too_many", message: message))
        }
    }
}
