package import JSON
package import Newsroom

extension Merging {
    private static var names: [String] { ["from", "keep", "note"] }

    /// Reads the body of a merge: `{"from": reference, "keep": {"external_ids", "identifiers", "life"}, "note"}`.
    ///
    /// - Returns: what is to be done, nil where it does not say what with, and all that is wrong with the body.
    package static func read(_ object: JSONObject) -> (merging: Merging?, failures: [MemberFailure]) {
        var reader = DocumentReader(mode: .create)
        var from: Reference<R>?
        var kept = KeptValues()
        var note: String?
        for (name, value) in object.members {
            switch name {
            case "from": reader.reference(value, into: &from, at: "/from")
            case "keep": reader.kept(value, into: &kept)
            case "note": reader.note(value, into: &note)
            default: reader.failUnknown(name, at: "/" + pointerPart(name), among: names)
            }
        }
        reader.require(from, "must be given: what is merged")
        return (from.map { Merging(from: $0, kept: kept, note: note) }, reader.failures)
    }
}

extension Splitting {
    /// Reads the body of a split: `{"from": reference, "note"}`, each of which may be missing.
    package static func read(_ object: JSONObject) -> (splitting: Splitting, failures: [MemberFailure]) {
        var reader = DocumentReader(mode: .create)
        var splitting = Splitting()
        for (name, value) in object.members {
            switch name {
            case "from": reader.reference(value, into: &splitting.from, at: "/from")
            case "note": reader.note(value, into: &splitting.note)
            default: reader.failUnknown(name, at: "/" + pointerPart(name), among: ["from", "note"])
            }
        }
        return (splitting, reader.failures)
    }
}

extension Distinction {
    /// Reads the body of a judgement: `{"from": reference, "note"}`.
    ///
    /// - Parameter isWithdrawn: whether it is one that is not known any more.
    package static func read(_ object: JSONObject, isWithdrawn: Bool) -> (distinction: Distinction?, failures: [MemberFailure]) {
        var reader = DocumentReader(mode: .create)
        var from: Reference<R>?
        var note: String?
        for (name, value) in object.members {
            switch name {
            case "from": reader.reference(value, into: &from, at: "/from")
            case "note": reader.note(value, into: &note)
            default: reader.failUnknown(name, at: "/" + pointerPart(name), among: ["from", "note"])
            }
        }
        reader.require(from, "must be given: what it is different from")
        return (from.map { Distinction(from: $0, isWithdrawn: isWithdrawn, note: note) }, reader.failures)
    }
}

extension DocumentReader {
    private static let noteLengthMax = 500

    /// One line for the log; null is none.
    fileprivate mutating func note(_ value: JSONValue, into note: inout String?) {
        text(value, into: &note, at: "/note")
        guard let text = note else { return }
        let isLine = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
        if text.isEmpty || !isLine { fail("/note", .invalidValue, "must be a text of one line") }
        if text.unicodeScalars.count > DocumentReader.noteLengthMax {
            fail("/note", .tooLong, "may have \(DocumentReader.noteLengthMax) characters at most")
        }
    }

    fileprivate mutating func require<R>(_ reference: Reference<R>?, _ message: String) {
        if reference == nil, !failures.contains(where: { $0.path.hasPrefix("/from") }) { fail("/from", .required, message) }
    }

    fileprivate mutating func kept(_ value: JSONValue, into kept: inout KeptValues) {
        if case .null = value { return }
        guard let object = object(value, at: "/keep") else { return }
        for (name, value) in object.members {
            switch name {
            case "external_ids": keptValues(value, into: &kept.externalIDs, at: "/keep/external_ids")
            case "identifiers": keptValues(value, into: &kept.identifiers, at: "/keep/identifiers")
            case "life" where value == .string("survivor"): kept.keepsLife = true
            case "life": fail("/keep/life", .invalidValue, "can only be `survivor`")
            default: failUnknown(name, at: "/keep/" + pointerPart(name), among: ["external_ids", "identifiers", "life"])
            }
        }
    }

    private mutating func keptValues(_ value: JSONValue, into kept: inout [String: String], at path: String) {
        guard let object = object(value, at: path) else { return }
        for (name, value) in object.members {
            if let text = string(value, at: "\(path)/\(pointerPart(name))") { kept[name] = text }
        }
    }
}
