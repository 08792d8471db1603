/// One page of the change feed, asked for.
package struct ChangeQuery: Sendable, Equatable {
    /// The number behind which the page begins: 0 for the first page, then `ChangePage.next`.
    package var after: Int64
    /// 1…1000.
    package var limit: Int
    /// Of which kinds; nil: of all.
    package var kinds: Set<Kind>?

    package init(after: Int64 = 0, limit: Int = 100, kinds: Set<Kind>? = nil) {
        self.after = after
        self.limit = limit
        self.kinds = kinds
    }
}

/// One page of the change feed, in the order of the log.
package struct ChangePage: Sendable, Equatable {
    package var changes: [Change]
    /// Behind which number the next page begins: everything up to there is in this page or those before it, or is not for the viewer. Where
    /// a page is not full this is the end of the log.
    package var next: Int64
    /// The number of the newest row in the log, whoever may see it. Smaller than what the page was to begin behind where that has not come
    /// yet, as after a backup was restored.
    package var newest: Int64

    package init(changes: [Change], next: Int64, newest: Int64) {
        self.changes = changes
        self.next = next
        self.newest = newest
    }
}
