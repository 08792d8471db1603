internal import Newsroom

/// Entries of the log that a webhook wants, read some at a time.
struct PendingEntries {
    private var changes: [Change] = []
    /// Where the webhook stood last.
    private var place: Int64 = -1
    /// Up to which number the log has been read.
    private(set) var end: Int64 = -1

    /// The first entry behind where the webhook stands; nil: there is none up to `end`, which was the end of the log.
    mutating func first(for work: WebhookWork, in newsroom: any NewsroomStore, countMax: Int) async throws(StoreError) -> Change? {
        let draft = work.webhook.draft
        // Somebody may have sent it back.
        if work.webhook.position.sequence < place { (changes, end) = ([], -1) }
        place = work.webhook.position.sequence
        end = max(end, place)
        changes.removeAll { $0.sequence <= place }
        while changes.isEmpty {
            let query = ChangeQuery(after: end, limit: countMax, kinds: draft.kinds.map { Set($0) })
            let page = try await newsroom.changes(query, as: draft.audience.viewer)
            changes = page.changes.filter { draft.wants($0.operation, of: $0.kind) }
            end = max(end, page.next)
            if page.changes.count < countMax { break }
        }
        return changes.first
    }
}
