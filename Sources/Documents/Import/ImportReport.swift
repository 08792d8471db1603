package import JSON
import Newsroom

/// What became of one row of an import.
package struct ImportRowResult: Sendable, Equatable {
    /// The line in the input, from 1.
    package let line: Int
    package let outcome: Outcome
    /// Nil where the line does not tell.
    package let type: RecordType?
    package let id: String?
    package let externalID: String?
    /// Of an invalid row, and of no other.
    package let problem: ImportProblem?

    package enum Outcome: String, Sendable, CaseIterable {
        case created, updated, unchanged, invalid
    }

    /// What is not known is left out.
    package var value: JSONValue {
        var members: [JSONObject.Member] = [("line", .integer(Int64(line))), ("outcome", .string(outcome.rawValue))]
        func add(_ name: String, _ text: String?) {
            if let text { members.append((name, .string(text))) }
        }
        add("type", type?.rawValue)
        add("id", id)
        add("external_id", externalID)
        add("code", problem?.code)
        add("detail", problem?.message)
        if let failures = problem?.failures, !failures.isEmpty {
            members.append(("errors", .array(failures.map(ImportRowResult.value))))
        }
        return .object(JSONObject(members))
    }

    private static func value(_ failure: MemberFailure) -> JSONValue {
        ["path": .string(failure.path), "code": .string(failure.rule.rawValue), "message": .string(failure.message)]
    }
}

/// How many rows came to which end.
package struct ImportSummary: Sendable, Equatable {
    package private(set) var created = 0
    package private(set) var updated = 0
    package private(set) var unchanged = 0
    package private(set) var invalid = 0
    /// Whether it ended at a bad row, as `on_error=abort` asks.
    package internal(set) var isAborted = false

    package init() {}

    /// All rows that came to an end; blank lines are none.
    package var rows: Int { created + updated + unchanged + invalid }

    mutating func count(_ outcome: ImportRowResult.Outcome) {
        switch outcome {
        case .created: created += 1
        case .updated: updated += 1
        case .unchanged: unchanged += 1
        case .invalid: invalid += 1
        }
    }

    package var value: JSONValue {
        [
            "rows": .integer(Int64(rows)), "created": .integer(Int64(created)), "updated": .integer(Int64(updated)),
            "unchanged": .integer(Int64(unchanged)), "invalid": .integer(Int64(invalid)), "aborted": .bool(isAborted),
        ]
    }
}
