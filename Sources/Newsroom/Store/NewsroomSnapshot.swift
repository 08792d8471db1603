/// One moment of all that a store holds, as the newsroom sees it. Good only inside the `snapshot` call that lends it.
package protocol NewsroomSnapshot {
    /// One page of a list, of any size that memory bears: reading has no deadline here.
    func page(_ query: ListQuery<Article>) throws(StoreError) -> Page<Article>
    func page(_ query: ListQuery<Person>) throws(StoreError) -> Page<Person>
    func page(_ query: ListQuery<Organization>) throws(StoreError) -> Page<Organization>
    func page(_ query: ListQuery<Event>) throws(StoreError) -> Page<Event>
    func page(_ query: ListQuery<Statement>) throws(StoreError) -> Page<Statement>
}
