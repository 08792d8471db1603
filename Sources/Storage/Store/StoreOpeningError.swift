/// Why a database could not be opened: one clear line for whoever runs the program.
package struct StoreOpeningError: Error, Sendable, Equatable {
    package let message: String

    package init(_ message: String) {
        self.message = message
    }
}
