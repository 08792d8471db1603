internal import Glibc

/// Connections that the kernel is making: it has answered a client's first packet, and when the client's next one comes, there is
/// something to accept.
enum HalfMadeConnections {
    /// Whether there are any to this port of the machine, whoever listens on it. True where the system does not tell.
    static func exist(toPort port: Int) -> Bool {
        // Without IPv6 there is no second file.
        listed(in: "/proc/net/tcp", toPort: port) ?? true || listed(in: "/proc/net/tcp6", toPort: port) ?? false
    }

    private static func listed(in path: String, toPort port: Int) -> Bool? {
        guard let file = fopen(path, "re") else { return nil }
        defer { fclose(file) }
        let digits = String(port, radix: 16, uppercase: true)
        let mark = ":" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
        var line = [CChar](repeating: 0, count: 512)
        while fgets(&line, CInt(line.count), file) != nil {
            // Most lines are of other ports, and there may be thousands.
            guard strstr(line, mark + " ") != nil else { continue }
            // "number: local:port remote:port state …", in hexadecimal; 03 is SYN_RECV.
            let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            let columns = text.split(separator: " ")
            if columns.count > 3, columns[1].hasSuffix(mark), columns[3] == "03" { return true }
        }
        return false
    }
}
