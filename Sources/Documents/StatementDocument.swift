package import JSON
package import Newsroom

/// A statement as JSON.
package enum StatementDocument: ResourceDocument {
    package static let memberNames = [
        "id", "url", "version", "created_at", "updated_at", "external_ids", "speaker", "chain", "hops", "manner", "form", "text", "said_at",
        "article", "anchor", "events", "status", "corrects", "claim",
    ]

    package static func readMember(
        _ name: String, _ value: JSONValue, into draft: inout Statement.Draft, over base: Statement.Draft?, _ reader: inout DocumentReader
    ) -> Bool {
        switch name {
        case "speaker" where value == .null: draft.speaker = nil
        case "speaker": draft.speaker = reader.attribution(value, over: base?.speaker, at: "/speaker") ?? draft.speaker
        case "chain": readChain(value, into: &draft.chain, over: base?.chain ?? [], &reader)
        case "hops": reader.serverOwned(value, base.map { .integer(Int64($0.hops)) }, at: "/hops")
        case "manner": reader.word(value, into: &draft.manner, otherwise: .said, at: "/manner")
        case "form": reader.word(value, into: &draft.form, otherwise: .paraphrase, at: "/form")
        case "text": reader.text(value, into: &draft.text, at: "/text")
        case "said_at": reader.window(value, into: &draft.saidAt, over: base?.saidAt, at: "/said_at")
        case "article": reader.reference(value, into: &draft.article, at: "/article")
        case "anchor": readAnchor(value, into: &draft.anchor, &reader)
        case "events":
            reader.list(value, into: &draft.events, at: "/events", countMax: CountRule.statementEvents) { reader, value, path in
                reader.reference(value, at: path)
            }
        case "status": readStatus(value, into: &draft.status, over: base, &reader)
        case "corrects": reader.reference(value, into: &draft.corrects, at: "/corrects")
        case "claim": readClaim(value, into: &draft.claim, &reader)
        default: return false
        }
        return true
    }

    package static func readLast(
        _ object: JSONObject, into draft: inout Statement.Draft, over base: Statement.Draft?, _ reader: inout DocumentReader
    ) {
        // Whoever says nothing of its life means to leave it.
        if reader.mode == .replace, let base { draft.status = base.status }
    }

    private static func readChain(
        _ value: JSONValue, into chain: inout [Attribution], over base: [Attribution], _ reader: inout DocumentReader
    ) {
        var place = 0
        reader.list(value, into: &chain, at: "/chain", countMax: CountRule.chain) { reader, value, path in
            defer { place += 1 }
            return reader.attribution(value, over: place < base.count ? base[place] : nil, at: path)
        }
    }

    /// The status is what became of it: actions and corrections change it, and records from elsewhere bring it along.
    private static func readStatus(
        _ value: JSONValue, into status: inout StatementStatus, over base: Statement.Draft?, _ reader: inout DocumentReader
    ) {
        var read: StatementStatus?
        let before = reader.failureCount
        reader.word(value, into: &read, at: "/status")
        guard let read, reader.failureCount == before else { return }
        switch reader.mode {
        case .importRecord, .log: status = read
        case .create, .replace, .merge:
            guard read != base?.status ?? .live else { return }
            reader.fail("/status", .readOnly, "is changed by the action withdraw, and by a statement that `corrects` this one")
        }
    }

    private static func readAnchor(_ value: JSONValue, into anchor: inout QuoteAnchor?, _ reader: inout DocumentReader) {
        if case .null = value {
            anchor = nil
            return
        }
        guard let object = reader.object(value, at: "/anchor") else { return }
        var read = reader.mode.merges ? anchor ?? QuoteAnchor(exact: "") : QuoteAnchor(exact: "")
        for (name, value) in object.members {
            switch name {
            case "exact": reader.text(value, into: &read.exact, at: "/anchor/exact")
            case "prefix": reader.text(value, into: &read.prefix, at: "/anchor/prefix")
            case "suffix": reader.text(value, into: &read.suffix, at: "/anchor/suffix")
            default: reader.failUnknown(name, at: "/anchor/" + pointerPart(name), among: ["exact", "prefix", "suffix"])
            }
        }
        anchor = read
    }

    private static func readClaim(_ value: JSONValue, into claim: inout Claim?, _ reader: inout DocumentReader) {
        if case .null = value {
            claim = nil
            return
        }
        guard let object = reader.object(value, at: "/claim") else { return }
        let base = reader.mode.merges ? claim : nil
        let before = reader.failureCount
        var about = base?.about
        var (property, text) = (base?.property ?? "", base?.value ?? "")
        for (name, value) in object.members {
            switch name {
            case "about": reader.reference(value, into: &about, at: "/claim/about")
            case "property": reader.text(value, into: &property, at: "/claim/property")
            case "value": reader.text(value, into: &text, at: "/claim/value")
            default: reader.failUnknown(name, at: "/claim/" + pointerPart(name), among: ["about", "property", "value"])
            }
        }
        if let about {
            claim = Claim(about: about, property: property, value: text)
        } else if reader.failureCount == before {
            reader.fail("/claim/about", .required, "must be given: the event that it is about")
        }
    }

    package static func write(
        _ statement: Statement, to writer: inout JSONWriter, form: DocumentForm, selecting selection: FieldSelection? = nil
    ) {
        var fields = FieldCursor(form, selection)
        let (draft, captions) = (statement.draft, statement.captions)
        writer.beginObject()
        writer.head(of: statement, form, &fields)
        if fields.next(), let speaker = draft.speaker {
            writer.name("speaker")
            writer.attribution(speaker, captions, form)
        }
        if writer.begins("chain", draft.chain.isEmpty, &fields) {
            for entry in draft.chain { writer.attribution(entry, captions, form) }
            writer.endArray()
        }
        if form.isWire { writer.member("hops", draft.hops, &fields) }
        writer.member("manner", draft.manner.rawValue, &fields)
        writer.member("form", draft.form.rawValue, &fields)
        writer.member("text", draft.text, &fields)
        writer.window("said_at", draft.saidAt, form, &fields)
        writer.reference("article", draft.article, captions, form, &fields)
        if fields.next() { writer.anchor(draft.anchor, form) }
        if writer.begins("events", draft.events.isEmpty, &fields) {
            for event in draft.events { writer.reference(event, captions, form) }
            writer.endArray()
        }
        writer.member("status", draft.status.rawValue, &fields)
        writer.reference("corrects", draft.corrects, captions, form, &fields)
        if fields.next() { writer.claim(draft.claim, captions, form) }
        writer.endObject()
    }
}

extension JSONWriter {
    fileprivate mutating func anchor(_ anchor: QuoteAnchor?, _ form: DocumentForm) {
        guard let anchor else { return none("anchor", form.isWire) }
        name("anchor")
        beginObject()
        member("exact", anchor.exact, true)
        member("prefix", anchor.prefix, form.isWire)
        member("suffix", anchor.suffix, form.isWire)
        endObject()
    }

    fileprivate mutating func claim(_ claim: Claim?, _ captions: Captions, _ form: DocumentForm) {
        guard let claim else { return none("claim", form.isWire) }
        name("claim")
        beginObject()
        name("about")
        reference(claim.about, captions, form)
        member("property", claim.property, true)
        member("value", claim.value, true)
        endObject()
    }
}
