/// Which pairs are asked for.
package struct DuplicateQuery: Sendable, Equatable {
    /// 0…1: those that look less alike are left out.
    package var scoreMin: Double
    /// 1…200.
    package var limit: Int
    package var after: DuplicatePosition?

    package init(scoreMin: Double = 0.6, limit: Int = 20, after: DuplicatePosition? = nil) {
        (self.scoreMin, self.limit, self.after) = (scoreMin, limit, after)
    }
}

/// A place in the order of pairs: behind the comparison of one row of a block with another.
package struct DuplicatePosition: Sendable, Equatable {
    package var block: LikenessBlock
    package var key: Int64
    /// The row that it was compared with last; nil: all of its neighbours.
    package var other: Other?

    package struct Other: Sendable, Equatable {
        package var detail: String
        package var key: Int64

        package init(detail: String, key: Int64) {
            (self.detail, self.key) = (detail, key)
        }
    }

    package init(block: LikenessBlock, key: Int64, other: Other? = nil) {
        (self.block, self.key, self.other) = (block, key, other)
    }
}

/// Two resources that may be one.
package struct DuplicatePair<R: Resource>: Sendable, Equatable {
    package var likeness: Likeness
    package var one: R
    package var other: R

    package init(likeness: Likeness, one: R, other: R) {
        (self.likeness, self.one, self.other) = (likeness, one, other)
    }
}

/// One page of pairs. It may hold fewer than were asked for, and have a next page all the same: how much is compared for one is bounded.
package struct DuplicatePage<R: Resource>: Sendable, Equatable {
    package var items: [DuplicatePair<R>]
    package var next: DuplicatePosition?

    package init(items: [DuplicatePair<R>], next: DuplicatePosition?) {
        (self.items, self.next) = (items, next)
    }
}
