import JSON
import Newsroom

extension DocumentReader {
    private static let windowNames = ["edtf", "at", "confirmed", "stated", "anchor", "zone", "earliest", "latest", "precision"]

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
            case "zone":
                parsed(value, into: &parts.zone, at: path + "/zone", "an IANA time zone, such as America/New_York or UTC") {
                    TimeZoneName($0)
                }
            case "earliest", "latest", "precision": continue
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
        check("precision") { $0.precision.rawValue }
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
