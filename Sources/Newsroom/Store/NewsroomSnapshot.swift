/// One moment of all that a store holds, as the newsroom sees it. Good only inside the `snapshot` call that lends it.
package protocol NewsroomSnapshot {
    /// One page of a list, of any size that memory bears: reading has no deadline here.
    func page(_ query: ListQuery<Article>) throws(StoreError) -> Page<Article>
    func page(_ query: ListQuery<Person>) throws(StoreError) -> Page<Person>
    func page(_ query: ListQuery<Organization>) throws(StoreError) -> Page<Organization>
    func page(_ query: ListQuery<Event>) throws(StoreError) -> Page<Event>
    func page(_ query: ListQuery<Statement>) throws(StoreError) -> Page<Statement>

    /// What was merged into others, in the order of the ids.
    ///
    /// - Parameter id: that of the last one of the page before; nil for the first page.
    func merged(after id: ID<Person>?, limit: Int) throws(StoreError) -> [MergedResource<Person>]
    func merged(after id: ID<Organization>?, limit: Int) throws(StoreError) -> [MergedResource<Organization>]
    func merged(after id: ID<Event>?, limit: Int) throws(StoreError) -> [MergedResource<Event>]
    /// All pairs that were judged different: people's own work, and so never many.
    func differentPairs() throws(StoreError) -> [DifferentPair<Person>]
    func differentPairs() throws(StoreError) -> [DifferentPair<Organization>]
    func differentPairs() throws(StoreError) -> [DifferentPair<Event>]

    /// How conflicts were settled, the first in front, as far as what they rest on is there: people's own work, and so never many.
    func resolutions() throws(StoreError) -> [RecordedResolution]

    /// Marks for review of what is there, cleared ones too, in the order in which they were set.
    ///
    /// - Parameter id: that of the last one of the page before; nil for the first page.
    func reviews(after id: ReviewID?, limit: Int) throws(StoreError) -> [RecordedReview]

    /// The notes on unnamed sources, in the order in which these came to be.
    func sourceNotes() throws(StoreError) -> [SourceNote]
}

/// Stores that keep resources alone.
extension NewsroomSnapshot {
    package func merged(after id: ID<Person>?, limit: Int) throws(StoreError) -> [MergedResource<Person>] { [] }
    package func merged(after id: ID<Organization>?, limit: Int) throws(StoreError) -> [MergedResource<Organization>] { [] }
    package func merged(after id: ID<Event>?, limit: Int) throws(StoreError) -> [MergedResource<Event>] { [] }
    package func differentPairs() throws(StoreError) -> [DifferentPair<Person>] { [] }
    package func differentPairs() throws(StoreError) -> [DifferentPair<Organization>] { [] }
    package func differentPairs() throws(StoreError) -> [DifferentPair<Event>] { [] }
    package func resolutions() throws(StoreError) -> [RecordedResolution] { [] }
    package func reviews(after id: ReviewID?, limit: Int) throws(StoreError) -> [RecordedReview] { [] }
    package func sourceNotes() throws(StoreError) -> [SourceNote] { [] }
}
