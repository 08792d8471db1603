import Synchronization

/// A connection between two threads: one has parked it, the next takes it. The taking is checked.
///
/// Sound without SQLite's mutexes, since the exchange of `isTaken` orders what the one thread did before what the other does, and a
/// second taker is stopped.
package final class Parked: @unchecked Sendable {
    private let database: Database
    private let isTaken = Atomic(false)

    package init(_ database: sending Database) {
        self.database = database
    }

    /// The connection, for this thread alone until `park`.
    package func take() -> Database {
        precondition(!isTaken.exchange(true, ordering: .acquiring), "a connection was taken twice")
        return database
    }

    /// Gives the connection back, for another thread to take. Traps when nobody has it.
    package func park() {
        precondition(isTaken.exchange(false, ordering: .releasing), "a connection was parked twice")
    }
}
