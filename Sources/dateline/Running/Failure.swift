/// Why the program ends without having done its work: what the operator reads, and the exit status.
struct Failure: Error {
    var lines: [String]
    var status: Status

    /// sysexits.h, as far as it says more than 1 does.
    enum Status: Int32, CaseIterable {
        case failed = 1
        /// Something in the input: records refused, findings of a check. The work was done as far as it could be.
        case findings = 2
        /// The command line.
        case usage = 64
        case noInput = 66
        case unavailable = 69
        case cannotWrite = 74
        case settings = 78
    }

    init(_ lines: [String], status: Status) {
        self.lines = lines
        self.status = status
    }

    init(_ line: String, status: Status = .failed) {
        self.init([line], status: status)
    }
}
