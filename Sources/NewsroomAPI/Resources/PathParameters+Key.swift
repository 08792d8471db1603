internal import Documents
internal import HTTP
internal import Newsroom
internal import Routing

extension PathParameters {
    /// The resource that a path names, by id or by slug, which no id looks like; a text of neither form names nothing.
    func key<D: ServedDocument>(of document: D.Type) throws(Problem) -> ResourceKey<D.R> {
        // Nothing in an id is ever escaped.
        if let id = ID<D.R>(target.bytes.span.extracting(place(of: "id"))) { return .id(id) }
        let text = self["id"]
        if D.R.kind.hasSlugs, let slug = Slug(text) { return .slug(slug) }
        throw Problem(StoreError.notFound)
    }
}
