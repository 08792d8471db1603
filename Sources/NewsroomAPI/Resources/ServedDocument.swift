internal import Documents
internal import Newsroom

/// A kind of document that has a place in this API: what is special to each noun, in `ArticleHandlers.swift` and its siblings.
protocol ServedDocument: ResourceDocument {
    /// The order of a list that asks for none.
    static var sortDefault: Sort<R.SortMember> { get }
    /// The members that lists leave out unless `fields` asks for them.
    static var longMemberNames: [String] { get }
    /// The columns of a table (CSV) that asks for none.
    static var columnsDefault: [String] { get }

    static func store(in newsroom: any NewsroomStore) -> any ResourceStore<R>
    /// One write among several that stand or fall together.
    static func perform(
        _ write: ResourceWrite<R>, in transaction: any NewsroomTransaction, by actor: Actor
    ) throws(StoreError) -> Written<R>
}

extension ServedDocument {
    static var longMemberNames: [String] { [] }
    static var path: String { "/v1/\(R.kind.pathName)" }
}
