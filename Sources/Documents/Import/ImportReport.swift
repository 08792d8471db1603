package import JSON
package import Newsroom

/// What became of one row of an import.
package struct ImportRowResult: Sendable, Equatable {
    /// The line in the input, from 1.
    package let line: Int
    package let outcome: Outcome
    /// Nil where the line does not tell.
    package let kind: Kind?
    package let id: String?
    package let externalID: String?
    /// Of an invalid row, and of no other.
    package let problem: ImportProblem?

    package enum Outcome: String, Sendable, CaseIterable {
        case created, updated, unchanged, invalid
    }

    /// Writes it as one object.
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("line")
        writer.integer(Int64(line))
        writer.member("outcome", outcome.rawValue, false)
        writer.member("type", kind?.rawValue, false)
        writer.member("id", id, false)
        writer.member("external_id", externalID, false)
        if let problem {
            writer.member("code", problem.code, false)
            writer.member("detail", problem.message, false)
            if !problem.failures.isEmpty { ImportRowResult.write(problem.failures, to: &writer) }
        }
        writer.endObject()
    }

    private static func write(_ failures: [MemberFailure], to writer: inout JSONWriter) {
        writer.name("errors")
        writer.beginArray()
        for failure in failures {
            writer.beginObject()
            writer.member("path", failure.path, false)
            writer.member("code", failure.rule.rawValue, false)
            writer.member("message", failure.message, false)
            writer.endObject()
        }
        writer.endArray()
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

    /// Writes it as one object.
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("rows")
        writer.integer(Int64(rows))
        writer.name("created")
        writer.integer(Int64(created))
        writer.name("updated")
        writer.integer(Int64(updated))
        writer.name("unchanged")
        writer.integer(Int64(unchanged))
        writer.name("invalid")
        writer.integer(Int64(invalid))
        writer.name("aborted")
        writer.bool(isAborted)
        writer.endObject()
    }
}
