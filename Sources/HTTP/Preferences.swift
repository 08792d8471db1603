package import HTTPTypes

/// What a client would like of a write, in the field Prefer (RFC 7240), as far as this program knows it; the rest is passed over, as §2
/// has it.
package struct Preferences: Sendable, Equatable {
    /// RFC 7240 §4.2.
    package enum Representation: String, Sendable {
        case minimal, representation
    }

    package var representation: Representation?
    /// `tx=rollback`: everything is checked and shown, nothing is kept.
    package var isRehearsal = false

    /// Over all lines of the field. Of a preference that stands there twice the first counts (§2).
    package init(of fields: RequestFields) {
        guard let value = fields[.prefer] else { return }
        var seen: Set<String> = []
        var scanner = FieldScanner(value)
        repeat {
            scanner.skipBlanks()
            if let (name, word) = Preferences.element(&scanner), seen.insert(name).inserted {
                switch name {
                case "return": representation = Representation(rawValue: word)
                case "tx": isRehearsal = word == "rollback"
                default: break
                }
            }
            // Parameters, and what cannot be read.
            scanner.skipElement()
        } while scanner.take(UInt8(ascii: ","))
    }

    /// `token [ BWS "=" BWS word ]`, the name in lower case; no word is the empty one.
    private static func element(_ scanner: inout FieldScanner) -> (name: String, word: String)? {
        guard let name = scanner.token()?.lowercased() else { return nil }
        scanner.skipBlanks()
        guard scanner.take(UInt8(ascii: "=")) else { return (name, "") }
        scanner.skipBlanks()
        return (name, scanner.quotedString() ?? scanner.token() ?? "")
    }

    /// The value of Preference-Applied (§3): what was honoured; nil for nothing.
    package var applied: String? {
        let list = [representation.map { "return=\($0.rawValue)" }, isRehearsal ? "tx=rollback" : nil].compactMap { $0 }
        return list.isEmpty ? nil : list.joined(separator: ", ")
    }
}

extension HTTPField.Name {
    package static let prefer = known("Prefer")
    package static let preferenceApplied = known("Preference-Applied")
}
