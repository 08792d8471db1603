/// One state of all that can be read: as long as a store's edition is the same, the same question of the same viewer has the same answer.
///
/// It moves with every commit, and at each instant at which something becomes public or overdue by the clock alone. What another process
/// commits moves it within some tens of milliseconds.
package struct Edition: Sendable, Hashable {
    private let number: UInt64

    package init(number: UInt64) {
        self.number = number
    }
}
