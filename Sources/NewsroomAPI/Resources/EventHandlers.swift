internal import Documents
internal import Newsroom

typealias EventHandlers = ResourceHandlers<EventDocument>

/// Events come as a diary has them: by when they begin.
extension EventDocument: ServedDocument {
    static var sortDefault: Sort<Event.SortMember> { Sort(.earliest) }
    static let columnsDefault = [
        "id", "slug", "title", "kind", "status", "window", "place", "participants", "part_of", "summary",
        "external_ids", "updated_at",
    ]

    static func store(in newsroom: any NewsroomStore) -> any ResourceStore<Event> { newsroom.events }

    static func perform(
        _ write: ResourceWrite<Event>, in transaction: any NewsroomTransaction, by actor: Actor
    ) throws(StoreError) -> Written<Event> {
        try transaction.perform(write, by: actor)
    }
}
