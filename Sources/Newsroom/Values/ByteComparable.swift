/// What can be compared byte by byte.
///
/// Swift's `==` takes texts for equal that differ in their Unicode form alone (é, and e with U+0301 behind it). Filters and unique values
/// go by bytes, and what a client sends is kept as it was sent, so such texts are two here.
package protocol ByteComparable {
    func isIdentical(to other: Self) -> Bool
}

extension String: ByteComparable {
    package func isIdentical(to other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}

extension Optional: ByteComparable where Wrapped: ByteComparable {
    package func isIdentical(to other: Wrapped?) -> Bool {
        switch (self, other) {
        case (nil, nil): true
        case (let one?, let other?): one.isIdentical(to: other)
        default: false
        }
    }
}

extension Array: ByteComparable where Element: ByteComparable {
    package func isIdentical(to other: [Element]) -> Bool { elementsEqual(other) { $0.isIdentical(to: $1) } }
}

extension [String: String] {
    fileprivate func isIdentical(to other: [String: String]) -> Bool {
        count == other.count && allSatisfy { other[$0.key].isIdentical(to: $0.value) }
    }
}

extension ExternalIDs: ByteComparable {
    package func isIdentical(to other: ExternalIDs) -> Bool { bySource.isIdentical(to: other.bySource) }
}

extension Identifiers: ByteComparable {
    package func isIdentical(to other: Identifiers) -> Bool { byScheme.isIdentical(to: other.byScheme) }
}

// What a draft holds lists of. Whatever is no text of a client's own is compared by `==`.
extension RoleReference: ByteComparable {
    package func isIdentical(to other: RoleReference) -> Bool { target == other.target && role.isIdentical(to: other.role) }
}

extension Event.Participant: ByteComparable {
    package func isIdentical(to other: Event.Participant) -> Bool { target == other.target && role.isIdentical(to: other.role) }
}

extension Window: ByteComparable {
    package func isIdentical(to other: Window) -> Bool { self == other && stated.isIdentical(to: other.stated) }
}

extension EventCause: ByteComparable {
    package func isIdentical(to other: EventCause) -> Bool { self == other }
}

extension EventSlot: ByteComparable {
    package func isIdentical(to other: EventSlot) -> Bool { state == other.state && window.isIdentical(to: other.window) }
}

extension EventTransition: ByteComparable {
    package func isIdentical(to other: EventTransition) -> Bool {
        self == other && reason.isIdentical(to: other.reason) && window.isIdentical(to: other.window)
    }
}

extension Alias: ByteComparable {
    package func isIdentical(to other: Alias) -> Bool { self == other && name.isIdentical(to: other.name) }
}

extension Person.Role: ByteComparable {
    package func isIdentical(to other: Person.Role) -> Bool { self == other && title.isIdentical(to: other.title) }
}

extension Link: ByteComparable {
    package func isIdentical(to other: Link) -> Bool {
        url.text.isIdentical(to: other.url.text) && title.isIdentical(to: other.title)
    }
}
