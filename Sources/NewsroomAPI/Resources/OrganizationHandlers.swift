internal import Documents
internal import Newsroom

typealias OrganizationHandlers = ResourceHandlers<OrganizationDocument>

/// Organizations come by name.
extension OrganizationDocument: ServedDocument {
    static var sortDefault: Sort<Organization.SortMember> { Sort(.name) }

    static func store(in newsroom: any NewsroomStore) -> any ResourceStore<Organization> { newsroom.organizations }
}
