import Newsroom
import Testing

/// Somebody who follows the change feed page after page, and believes it: what is there, and in which version.
struct Follower {
    let viewer: Viewer
    private(set) var present: [String: Int] = [:]
    private(set) var heard: [Change] = []
    private(set) var next: Int64 = 0

    init(_ viewer: Viewer) {
        self.viewer = viewer
    }

    /// Reads on to the end of the log; what contradicts what was heard before is a finding.
    mutating func follow(_ store: any NewsroomStore, limit: Int = 100) async throws {
        while true {
            let page = try await store.changes(ChangeQuery(after: next, limit: limit), as: viewer)
            #expect(page.changes.count <= limit && page.next >= next)
            for change in page.changes { hear(change) }
            #expect(page.changes.last.map { $0.sequence <= page.next } ?? true)
            next = page.next
            guard next < page.newest else { return }
        }
    }

    private mutating func hear(_ change: Change) {
        let (last, known) = (heard.last, present[change.id])
        #expect(change.sequence > next && change.sequence > last?.sequence ?? 0, "\(change)")
        #expect(change.recordedAt >= last?.recordedAt ?? .distantPast, "\(change)")
        heard.append(change)
        switch change.operation {
        case .created: #expect(known == nil, "\(change) was there")
        case .deleted: #expect(known != nil, "\(change) was not there")
        case .updated, .transitioned, .merged: #expect(known != nil, "\(change) was not there")
        }
        if let known, viewer.isOfNewsroom { #expect(change.version == known + 1, "\(change)") }
        present[change.id] = change.operation == .deleted ? nil : change.version
    }

    /// What was heard of one resource, or of all.
    func story(of id: String? = nil) -> [String] {
        heard.filter { id == nil || $0.id == id }.map { "\($0.operation) \($0.version)" }
    }
}

extension NewsroomStore {
    /// What a viewer may see, with its version, as every list has it.
    func visible(to viewer: Viewer) async throws -> [String: Int] {
        var visible: [String: Int] = [:]
        func note<R: Resource>(_ store: any ResourceStore<R>, _ member: R.SortMember) async throws {
            for item in try await store.walk(ListQuery<R>(sort: Sort(member)), as: viewer) {
                visible[item.record.id.text] = item.record.version
            }
        }
        try await note(articles, .createdAt)
        try await note(people, .createdAt)
        try await note(organizations, .createdAt)
        try await note(events, .createdAt)
        try await note(statements, .createdAt)
        return visible
    }
}
