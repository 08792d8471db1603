/// How urgent an article is, 1 (flash) … 9 (the least), as in IPTC's ninjs.
package struct Urgency: Sendable, Hashable {
    package let value: Int

    package init?(_ value: Int) {
        guard (1...9).contains(value) else { return nil }
        self.value = value
    }
}
