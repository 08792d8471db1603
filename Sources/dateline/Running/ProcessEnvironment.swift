// Glibc's `environ` is a variable that anybody may change; nobody does here, and it is read once.
@preconcurrency internal import Glibc

/// The environment that the program was started with: names and values, what is not UTF-8 repaired.
enum ProcessEnvironment {
    static let current: [String: String] = {
        var variables: [String: String] = [:]
        var next = environ
        while let entry = next.pointee {
            let pair = String(cString: entry).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if pair.count == 2 { variables[String(pair[0])] = String(pair[1]) }
            next += 1
        }
        return variables
    }()
}
