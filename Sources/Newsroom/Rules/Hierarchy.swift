/// What belongs to what: organizations to their parents, events to what they are part of. Nothing belongs to itself, however far up.
package enum Hierarchy {
    /// How far up is looked.
    package static let depthMax = 100

    /// The way by which `id` would come to belong to itself if `parent` became its parent: from `id` through its new parent up to `id`.
    /// Nil where there is none.
    ///
    /// Where the chain is deeper than `depthMax` it is returned as if it were a cycle: such a chain is refused as well.
    package static func cycle<R>(adding parent: ID<R>, to id: ID<R>, parentOf: (ID<R>) -> ID<R>?) -> [ID<R>]? {
        var path = [id]
        var next: ID<R>? = parent
        while let current = next {
            path.append(current)
            if current == id || path.count > depthMax { return path }
            next = parentOf(current)
        }
        return nil
    }
}
