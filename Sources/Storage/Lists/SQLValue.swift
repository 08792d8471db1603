import Newsroom
import SQLite

/// A value that is bound to a placeholder.
enum SQLValue: Sendable, Equatable {
    case text(String)
    case integer(Int64)

    init(_ value: FilterValue) {
        switch value {
        case .text(let text): self = .text(text)
        case .integer(let number): self = .integer(number)
        case .instant(let instant): self = .integer(instant.milliseconds)
        case .id(let id): self = .text(id)
        case .slug(let slug): self = .text(slug.text)
        case .externalID(let id): self = .text(id.description)
        case .window(let edtf): self = .text(edtf.text)
        // It has conditions of its own, and is bound in parts.
        case .office: self = .text("")
        }
    }
}

/// A statement under construction: fragments of ours, and the values that go with them.
struct SQLText {
    private(set) var values: [SQLValue] = []
    private(set) var conditions: [String] = []

    /// A placeholder for a value.
    mutating func bind(_ value: SQLValue) -> String {
        values.append(value)
        return "$\(values.count)"
    }

    mutating func require(_ condition: String) {
        conditions.append(condition)
    }

    /// The WHERE clause; empty when nothing is required.
    var whereClause: String {
        conditions.isEmpty ? "" : "\nWHERE " + conditions.joined(separator: "\n    AND ")
    }
}

extension Bindings {
    mutating func add(_ values: [SQLValue]) {
        for value in values {
            switch value {
            case .text(let text): add(text)
            case .integer(let number): add(number)
            }
        }
    }
}
