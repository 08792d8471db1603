internal import Documents
internal import Newsroom

typealias OrganizationHandlers = ResourceHandlers<OrganizationDocument>

/// Organizations come by name.
extension OrganizationDocument: ServedDocument {
    static var sortDefault: Sort<Organization.SortMember> { Sort(.name) }
    static let columnsDefault = [
        "id", "slug", "name", "kind", "country", "parent", "aliases", "external_ids", "identifiers", "updated_at",
    ]

    static func store(in newsroom: any NewsroomStore) -> any ResourceStore<Organization> { newsroom.organizations }

    static func perform(
        _ write: ResourceWrite<Organization>, in transaction: any NewsroomTransaction, by actor: Actor
    ) throws(StoreError) -> Written<Organization> {
        try transaction.perform(write, by: actor)
    }
}
