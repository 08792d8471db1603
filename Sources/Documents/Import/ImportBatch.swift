import JSON
import Newsroom

/// Rows that are written together, in the order of the input.
struct ImportBatch: Sendable {
    private(set) var rows: [PendingRow] = []
    private(set) var byteCount = 0
    private var names: Set<ImportName> = []

    init() {}

    init(_ rows: some Sequence<PendingRow>) {
        for row in rows { append(row) }
    }

    mutating func append(_ batch: ImportBatch) {
        for row in batch.rows { append(row) }
    }

    mutating func append(_ row: PendingRow) {
        rows.append(row)
        byteCount += row.byteCount
        names.formUnion(row.names)
    }

    /// Whether one of its rows is about the same resource.
    func isAbout(_ row: PendingRow) -> Bool { row.names.contains(where: names.contains) }
}

/// What a row calls its resource: its id, or one of its external ids.
struct ImportName: Sendable, Hashable {
    let kind: Kind
    let text: String
}

extension ImportRow {
    var names: [ImportName] {
        switch self {
        case .article(let entry): entry.names
        case .person(let entry): entry.names
        case .organization(let entry): entry.names
        case .event(let entry): entry.names
        }
    }
}

extension ImportEntry {
    fileprivate var names: [ImportName] {
        let texts = (id.map { [$0.text] } ?? []) + externalIDs.all.map(\.description)
        return texts.map { ImportName(kind: R.kind, text: $0) }
    }
}

/// A row between its line and its result.
struct PendingRow: Sendable {
    let line: Int
    let byteCount: Int
    private(set) var kind: Kind?
    private(set) var id: String?
    private(set) var externalID: String?
    /// What the store is given; nil where the line is no record.
    private(set) var row: ImportRow?
    private(set) var names: [ImportName] = []
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
        kind = try? ImportRecord.kind(of: object).get()
        if case .string(let id)? = object["id"] { self.id = id }
        if case .string(let externalID)? = object["external_id"] {
            self.externalID = externalID
        } else if case .object(let ids)? = object["external_ids"], let first = ids.members.first, case .string(let id) = first.value {
            externalID = "\(first.name):\(id)"
        }
        switch ImportRecord.row(object) {
        case .success(let row): (self.row, names) = (row, row.names)
        case .failure(let problem): self.problem = problem
        }
    }

    /// The row as it waits, if all that was wrong with it is that others are not there yet.
    func waiting(after outcome: ImportOutcome) -> PendingRow? {
        guard case .refused(.invalid(let failure)) = outcome, failure.lacksReferencesAlone else { return nil }
        var row = self
        row.problem = .invalid(failure.failures)
        return row
    }

    /// The result of a row that the store was not given, or not again.
    func result() -> ImportRowResult { result(problem) }

    func result(_ problem: ImportProblem?) -> ImportRowResult {
        ImportRowResult(line: line, outcome: .invalid, kind: kind, id: id, externalID: externalID, problem: problem)
    }

    func result(_ outcome: ImportOutcome) -> ImportRowResult {
        func result(_ word: ImportRowResult.Outcome, _ id: String) -> ImportRowResult {
            ImportRowResult(line: line, outcome: word, kind: kind, id: id, externalID: externalID, problem: nil)
        }
        switch outcome {
        case .created(let id): return result(.created, id)
        case .updated(let id): return result(.updated, id)
        case .unchanged(let id): return result(.unchanged, id)
        case .refused(let error):
            let problem = ImportProblem(error)
            return ImportRowResult(line: line, outcome: .invalid, kind: kind, id: id, externalID: externalID, problem: problem)
        }
    }
}
