import Glibc
import Locks

/// The IANA time zones that a machine has, as compiled files in a folder (tzfile(5)), each read once.
///
/// What has been read counts for as long as the process lives: a newer database is seen when the program is started again.
package final class TimeZoneDatabase: Sendable {
    /// That of the machine: the folder that `TZDIR` names, or else `/usr/share/zoneinfo`.
    package static let system = TimeZoneDatabase(folder: getenv("TZDIR").flatMap { String(validatingCString: $0) } ?? defaultFolder)
    package static let defaultFolder = "/usr/share/zoneinfo"

    package let folder: String
    // Many loops and readers ask for the same few zones.
    private let known = Lock<[TimeZoneName: ZoneRules]>([:])

    /// - Parameter folder: an absolute path.
    package init(folder: String) {
        self.folder = folder
    }

    /// The rules of a zone; nil where the database has none of that name, or a damaged one. `UTC` needs no database.
    package func rules(of zone: TimeZoneName) -> ZoneRules? {
        if zone.text == "UTC" { return .utc }
        if let rules = known.withLock({ $0[zone] }) { return rules }
        guard let bytes = file(zone.text), let rules = TZif.rules(bytes) else { return nil }
        known.withLock { $0[zone] = rules }
        return rules
    }

    /// Whether there is any database at all.
    package var isInstalled: Bool {
        ["Etc/UTC", "UTC", "GMT"].contains { file($0).flatMap(TZif.rules) != nil } || !names.isEmpty
    }

    /// The names of all zones, as far as the database lists them (`tzdata.zi`, or else `zone1970.tab` or `zone.tab`); in no order.
    package var names: [String] {
        if let bytes = file("tzdata.zi") {
            return TimeZoneDatabase.lines(of: bytes).compactMap { words in
                switch words.first {
                case "Z" where words.count > 1: words[1]
                case "L" where words.count > 2: words[2]
                default: nil
                }
            }
        }
        guard let bytes = file("zone1970.tab") ?? file("zone.tab") else { return [] }
        return TimeZoneDatabase.lines(of: bytes).compactMap { $0.count > 2 && $0[0].utf8.first != UInt8(ascii: "#") ? $0[2] : nil }
    }

    private static func lines(of bytes: [UInt8]) -> [[String]] {
        bytes.split(separator: UInt8(ascii: "\n")).map { line in
            line.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.map { String(decoding: $0, as: UTF8.self) }
        }
    }

    /// The bytes of a regular file in the folder, if there are no more than a few megabytes.
    private func file(_ name: String) -> [UInt8]? {
        // Whatever it is: opening it must not wait.
        let descriptor = open("\(folder)/\(name)", O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= TimeZoneDatabase.byteCountMax else {
            return nil
        }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var count = 0
        while count < bytes.count {
            let read = bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress?.advanced(by: count), $0.count - count) }
            guard read > 0 else {
                if read < 0, errno == EINTR { continue }
                return nil
            }
            count += read
        }
        return bytes
    }

    private static let byteCountMax = 4 << 20
}
