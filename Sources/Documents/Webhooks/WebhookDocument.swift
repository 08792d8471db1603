package import JSON
package import Newsroom

extension Webhook {
    /// The webhook as an admin sees it, without its secret.
    ///
    /// - Parameter secret: shown once, to whoever has made it.
    package func write(to writer: inout JSONWriter, secret: WebhookSecret? = nil) {
        writer.beginObject()
        writer.member("id", id.text, true)
        writer.name("version")
        writer.integer(Int64(version))
        writer.name("created_at")
        writer.instant(createdAt)
        writer.name("updated_at")
        writer.instant(updatedAt)
        writer.member("url", draft.url?.text, true)
        writer.member("description", draft.description, true)
        writer.words("kinds", draft.kinds?.map(\.rawValue))
        writer.words("operations", draft.operations?.map(\.rawValue))
        writer.member("audience", draft.audience.rawValue, true)
        writer.member("secret", secret?.text, false)
        writer.member("status", status, true)
        writer.member("disabled_because", disabled?.reason.rawValue, true)
        writer.moment("disabled_at", disabled?.at)
        writer.name("delivered_seq")
        writer.integer(position.sequence)
        writer.name("attempts")
        writer.integer(Int64(position.attemptCount))
        writer.moment("failing_since", position.failingSince)
        writer.moment("next_attempt_at", position.nextAttemptAt)
        writer.moment("last_taken_at", position.lastTakenAt)
        writer.endObject()
    }

    private var status: String { disabled != nil ? "disabled" : position.failingSince != nil ? "failing" : "active" }
}

extension WebhookDelivery {
    /// One try, as an admin sees it.
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("id", messageID, true)
        writer.name("seq")
        if let sequence { writer.integer(sequence) } else { writer.null() }
        writer.name("attempt")
        writer.integer(Int64(attempt))
        writer.name("attempted_at")
        writer.instant(attemptedAt)
        writer.name("duration_ms")
        writer.integer(duration)
        writer.member("outcome", outcome.rawValue, true)
        writer.name("status")
        if let status { writer.integer(Int64(status)) } else { writer.null() }
        writer.member("response", response, true)
        writer.member("trouble", trouble?.rawValue, true)
        writer.endObject()
    }
}

extension JSONWriter {
    fileprivate mutating func moment(_ name: StaticString, _ instant: Instant?) {
        self.name(name)
        if let instant { self.instant(instant) } else { null() }
    }

    /// A list of words; null where all are meant.
    fileprivate mutating func words(_ name: StaticString, _ words: [String]?) {
        self.name(name)
        guard let words else { return null() }
        beginArray()
        for word in words { string(word) }
        endArray()
    }
}

extension Webhook.Draft {
    private static let names = ["url", "description", "kinds", "operations", "audience"]

    /// Reads the members that a document names over a draft: a new one, or what is stored (RFC 7396). Null stands for what holds where
    /// nothing is said.
    ///
    /// - Parameter destinations: see `settle`.
    package static func read(
        _ object: JSONObject, over stored: Webhook.Draft = Webhook.Draft(), _ destinations: DestinationRule
    ) -> Proposal<Webhook.Draft> {
        var reader = DocumentReader(mode: .merge)
        var draft = stored
        for (name, value) in object.members {
            switch name {
            case "url":
                reader.parsed(value, into: &draft.url, at: "/url", "an http or https URL of at most \(WebURL.lengthMax) characters") {
                    WebURL($0)
                }
            case "description": reader.text(value, into: &draft.description, at: "/description")
            case "kinds": reader.words(value, into: &draft.kinds, at: "/kinds")
            case "operations": reader.words(value, into: &draft.operations, at: "/operations")
            case "audience": reader.word(value, into: &draft.audience, otherwise: .everybody, at: "/audience")
            default: reader.failUnknown(name, at: "/" + pointerPart(name), among: names)
            }
        }
        var proposal = Proposal(draft, failures: reader.failures)
        let isRead = Set(reader.failures.map { $0.path.split(separator: "/").first.map(String.init) ?? "" })
        proposal.failures += proposal.draft.settle(destinations).filter { !isRead.contains(String($0.path.dropFirst())) }
        return proposal
    }
}

extension DocumentReader {
    /// A list of words of a closed vocabulary; null is all of them.
    fileprivate mutating func words<Word: RawRepresentable<String> & CaseIterable>(
        _ value: JSONValue, into words: inout [Word]?, at path: String
    ) {
        guard value != .null else { return words = nil }
        var read: [Word] = []
        list(value, into: &read, at: path, countMax: Word.allCases.count) { reader, value, path in
            var word: Word?
            guard value != .null else {
                reader.failType(value, path, "a string")
                return nil
            }
            reader.word(value, into: &word, at: path)
            return word
        }
        words = read
    }
}
