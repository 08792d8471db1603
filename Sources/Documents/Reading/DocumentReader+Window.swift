import JSON
import Newsroom

extension DocumentReader {
    private static let windowNames = [
        "edtf", "at", "confirmed", "stated", "anchor", "zone", "earliest", "latest", "earliest_at", "latest_at", "precision",
    ]

    /// A window: `edtf`, or `at` with an instant, and what else is known. Null is none.
    mutating func window(_ value: JSONValue, into window: inout Window?, over stored: Window?, at path: String) {
        if case .null = value {
            window = nil
            return
        }
        guard let object = object(value, at: path) else { return }
        let before = failureCount
        let base = mode.merges ? window : nil
        var parts = WindowParts(base)
        for (name, value) in object.members {
            switch name {
            case "edtf": edtf(value, into: &parts.edtf, at: path + "/edtf")
            case "at": instant(value, into: &parts.at, at: path + "/at")
            case "confirmed": flag(value, into: &parts.confirmed, at: path + "/confirmed")
            case "stated": text(value, into: &parts.stated, at: path + "/stated")
            case "anchor": date(value, into: &parts.anchor, at: path + "/anchor")
            case "zone": zone(value, into: &parts.zone, over: stored?.zone, at: path + "/zone")
            case "earliest", "latest", "earliest_at", "latest_at", "precision": continue
            default: failUnknown(name, at: "\(path)/\(pointerPart(name))", among: DocumentReader.windowNames)
            }
        }
        if parts.at != nil && object["edtf"] != nil && object["edtf"] != .null {
            fail(path + "/at", .invalidValue, "must not be given with `edtf`, which says the same")
        } else if let edtf = parts.at.map({ EDTF(at: $0) }) ?? parts.edtf {
            let read = Window(edtf: edtf, confirmed: parts.confirmed, stated: parts.stated, anchor: parts.anchor, zone: parts.zone)
            derived(object, of: read, over: stored, at: path)
            window = read
        } else if failureCount == before {
            fail(path + "/edtf", .required, "must be given, or `at` with an instant; `earliest` and `latest` follow from it")
        }
    }

    /// What the server works out of `edtf` may be sent as it follows from the one that is sent, or as it was read.
    private mutating func derived(_ object: JSONObject, of window: Window, over stored: Window?, at path: String) {
        func check(_ name: String, _ value: (Window) -> String?) {
            guard let sent = object[name] else { return }
            func isValue(of window: Window?) -> Bool { sent == window.flatMap(value).map { .string($0) } ?? .null }
            guard !isValue(of: window), !isValue(of: stored) else { return }
            fail("\(path)/\(name)", .readOnly, "follows from `edtf`: leave it out, or send it as it was read")
        }
        check("earliest") { $0.earliest }
        check("latest") { $0.latest }
        check("earliest_at") { $0.earliestAt?.rfc3339 }
        check("latest_at") { $0.latestAt?.rfc3339 }
        check("precision") { $0.precision.rawValue }
    }

    /// A zone that the machine has rules for. What is stored already, and what the log holds, may be of another machine.
    private mutating func zone(_ value: JSONValue, into zone: inout TimeZoneName?, over stored: TimeZoneName?, at path: String) {
        let before = failureCount
        parsed(value, into: &zone, at: path, "an IANA time zone, such as America/New_York or UTC") { TimeZoneName($0) }
        guard failureCount == before, let read = zone, read != stored, mode != .log else { return }
        let database = TimeZoneDatabase.system
        guard database.rules(of: read) == nil else { return }
        guard database.isInstalled else {
            return fail(
                path, .invalidValue,
                "cannot be reckoned with: this server finds no time zones (tzdata), and takes UTC alone; give times with their offsets")
        }
        let names = Dictionary(database.names.map { ($0.lowercased(), $0) }) { one, _ in one }
        let nearest = Nearest.name(to: read.text, in: names.keys.sorted()).flatMap { names[$0] }.map { "; did you mean \($0)?" } ?? ""
        fail(path, .invalidValue, "must be an IANA time zone, such as America/New_York or UTC, not \(read.text)\(nearest)")
    }

    private mutating func edtf(_ value: JSONValue, into edtf: inout EDTF?, at path: String) {
        edtf = nil
        guard value != .null else { return }
        if let text = string(value, at: path) {
            do throws(EDTFError) {
                edtf = try EDTF(parsing: text)
            } catch {
                fail(path, .invalidValue, "is no date of ISO 8601-2 (EDTF), level 0 or 1: \(error.message)")
            }
        }
    }

    mutating func url(_ value: JSONValue, into url: inout WebURL?, at path: @autoclosure () -> String) {
        parsed(
            value, into: &url, at: path(),
            "an absolute http or https URL of at most \(WebURL.lengthMax) characters, without a user before its host"
        ) { WebURL($0) }
    }

    mutating func country(_ value: JSONValue, into country: inout CountryCode?, at path: @autoclosure () -> String) {
        parsed(value, into: &country, at: path(), "an ISO 3166-1 code of two letters, such as IL or US") { CountryCode($0) }
    }
}

/// A window while it is read.
private struct WindowParts {
    var edtf: EDTF?
    var at: Instant?
    var confirmed: Bool
    var stated: String?
    var anchor: PartialDate?
    var zone: TimeZoneName?

    init(_ base: Window?) {
        edtf = base?.edtf
        confirmed = base?.confirmed ?? false
        stated = base?.stated
        anchor = base?.anchor
        zone = base?.zone
    }
}
