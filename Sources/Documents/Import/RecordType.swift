package import Newsroom

/// What a record of an import is about: `type`. Beside resources there is what a newsroom keeps of its own work on them.
package enum RecordType: Sendable, Hashable, CaseIterable {
    case resource(Kind)
    case sourceNote, conflictResolution, reviewMark

    package static var allCases: [RecordType] { Kind.allCases.map { .resource($0) } + [.sourceNote, .conflictResolution, .reviewMark] }

    package init?(rawValue text: String) {
        guard let type = RecordType.allCases.first(where: { $0.rawValue == text }) else { return nil }
        self = type
    }

    package var rawValue: String {
        switch self {
        case .resource(let kind): kind.rawValue
        case .sourceNote: "source_note"
        case .conflictResolution: "conflict_resolution"
        case .reviewMark: "review_mark"
        }
    }
}
