/// What belongs to what: organizations to their parents, events to what they are part of. Nothing belongs to itself, however far up.
package enum Hierarchy {
    /// How long a way up may be.
    package static let depthMax = 100

    /// Why something cannot belong to something.
    package enum Fault: Sendable {
        /// It would come to belong to itself.
        case cycle
        /// The way up would be longer than `depthMax`.
        case tooDeep
    }

    /// What is wrong with `parent` as the parent of `id`; nil where nothing is.
    package static func fault<R>(adding parent: ID<R>, to id: ID<R>, parentOf: (ID<R>) -> ID<R>?) -> Fault? {
        var depth = 1
        var next: ID<R>? = parent
        while let current = next {
            if current == id { return .cycle }
            if depth > depthMax { return .tooDeep }
            depth += 1
            next = parentOf(current)
        }
        return nil
    }
}
