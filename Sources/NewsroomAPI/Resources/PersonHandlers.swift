internal import Documents
internal import Newsroom

typealias PersonHandlers = ResourceHandlers<PersonDocument>

/// People come as a register has them: by the name they are sorted under.
extension PersonDocument: ServedDocument {
    static var sortDefault: Sort<Person.SortMember> { Sort(.sortName) }
    static let columnsDefault = [
        "id", "slug", "name", "sort_name", "born", "description", "aliases", "roles", "external_ids", "identifiers",
        "updated_at",
    ]

    static func store(in newsroom: any NewsroomStore) -> any ResourceStore<Person> { newsroom.people }

    static func perform(
        _ write: ResourceWrite<Person>, in transaction: any NewsroomTransaction, by actor: Actor
    ) throws(StoreError) -> Written<Person> {
        try transaction.perform(write, by: actor)
    }
}
