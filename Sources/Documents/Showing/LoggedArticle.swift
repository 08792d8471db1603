package import JSON
package import Newsroom

/// An article as the log keeps it, made into its wire form without being read: members are copied as they stand, what the log leaves out is
/// filled in, and references get their captions. A tenth of what reading and writing it would cost.
///
/// The log's document has the members of the wire form in the same order, but for `url`, those without a value, and captions.
package struct LoggedArticle {
    /// Writes the captions of a reference, behind its `id`: the members that its kind is shown with.
    package typealias Captioning<Failure: Error> =
        (_ kind: Kind, _ id: Span<UInt8>, _ officeDay: Int, _ writer: inout JSONWriter) throws(Failure) -> Void

    /// What an absent member is on the wire, and what a present one needs.
    private enum Part {
        case plain, list, object, url, body, references(Kind), corrections
    }

    private static let parts: [(name: StaticString, part: Part)] = [
        ("id", .plain), ("type", .plain), ("slug", .plain), ("url", .url), ("version", .plain), ("created_at", .plain),
        ("updated_at", .plain), ("external_ids", .object), ("headline", .plain), ("subheadline", .plain), ("summary", .plain),
        ("body", .body), ("body_format", .plain), ("byline", .plain), ("authors", .references(.person)), ("dateline", .plain),
        ("section", .plain), ("tags", .list), ("places", .list), ("language", .plain), ("urgency", .plain), ("status", .plain),
        ("embargoed_until", .plain), ("first_published_at", .plain), ("published_at", .plain), ("source", .plain),
        ("canonical_url", .plain), ("usage_terms", .plain), ("word_count", .plain), ("people", .references(.person)),
        ("organizations", .references(.organization)), ("events", .references(.event)),
        ("corrections", .corrections),
    ]

    private static let id = 0
    private static let updatedAt = 6
    private static let firstPublishedAt = 23
    private static let publishedAt = 24
    private static let wordCount = 28

    /// Where the values are in the document, by part; empty for what it leaves out.
    private let values: InlineArray<33, Range<Int>>

    /// Finds the members of a document of the log; nil where it is none of an article, or one from a time when the log had other members.
    package init?(_ document: Span<UInt8>) {
        guard var cursor = CompactJSON(document) else { return nil }
        var values = InlineArray<33, Range<Int>>(repeating: 0..<0)
        var part = 0
        while let member = cursor.nextMember(of: document) {
            while part < LoggedArticle.parts.count, !LoggedArticle.isName(LoggedArticle.parts[part].name, document, member.name) {
                part += 1
            }
            guard part < LoggedArticle.parts.count else { return nil }
            values[part] = member.value
            part += 1
        }
        guard values[LoggedArticle.id].count == ID<Article>.length + 2, !values[LoggedArticle.wordCount].isEmpty else { return nil }
        self.values = values
    }

    private static func isName(_ name: StaticString, _ document: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard range.count == name.utf8CodeUnitCount else { return false }
        for index in 0..<range.count where document[range.lowerBound + index] != name.utf8Start[index] { return false }
        return true
    }

    /// The day at which the offices of those who are mentioned count; nil where the dates are none.
    private func officeDay(_ document: Span<UInt8>) -> Int? {
        for part in [LoggedArticle.publishedAt, LoggedArticle.firstPublishedAt, LoggedArticle.updatedAt] where !values[part].isEmpty {
            let value = values[part]
            guard value.count >= 2 else { return nil }
            return Instant(rfc3339: document.extracting(value.lowerBound + 1..<value.upperBound - 1))?.daysSince1970
        }
        return nil
    }

    /// Writes the wire form of `document`, from which this was made. Nil where it is not what the log writes; then nothing of the writer
    /// is good.
    ///
    /// - Returns: where the member is that lists leave out, the body, in bytes that the writer has, with the comma before it.
    package func write<Failure: Error>(
        _ document: Span<UInt8>, to writer: inout JSONWriter, captioning: Captioning<Failure>
    ) throws(Failure) -> Range<Int>? {
        guard let day = officeDay(document) else { return nil }
        var body = 0..<0
        writer.beginObject()
        for (index, (name, part)) in LoggedArticle.parts.enumerated() {
            let value = values[index]
            let start = writer.byteCount
            writer.name(name)
            switch part {
            case .url: writeURL(document, to: &writer)
            case .references(let kind):
                guard try write(document, references: value, to: kind, day, &writer, captioning) else { return nil }
            case .corrections:
                guard write(document, corrections: value, to: &writer) else { return nil }
            case .plain, .list, .object, .body:
                if value.isEmpty { LoggedArticle.writeNone(part, to: &writer) } else { writer.raw(document.extracting(value)) }
            }
            if case .body = part { body = start..<writer.byteCount }
        }
        writer.endObject()
        return body
    }

    private static func writeNone(_ part: Part, to writer: inout JSONWriter) {
        switch part {
        case .list:
            writer.beginArray()
            writer.endArray()
        case .object:
            writer.beginObject()
            writer.endObject()
        case .body: writer.string("")
        case .plain, .url, .references, .corrections: writer.null()
        }
    }

    private func writeURL(_ document: Span<UInt8>, to writer: inout JSONWriter) {
        let id = values[LoggedArticle.id]
        writer.url(ofID: document.extracting(id.lowerBound + 1..<id.upperBound - 1), .article)
    }

    private func write(_ document: Span<UInt8>, corrections list: Range<Int>, to writer: inout JSONWriter) -> Bool {
        writer.beginArray()
        if !list.isEmpty {
            guard var elements = CompactJSON(document, at: list.lowerBound) else { return false }
            while let element = elements.nextElement(of: document) { writer.raw(document.extracting(element)) }
        }
        writer.endArray()
        return true
    }

    private func write<Failure: Error>(
        _ document: Span<UInt8>, references list: Range<Int>, to kind: Kind, _ day: Int, _ writer: inout JSONWriter,
        _ captioning: Captioning<Failure>
    ) throws(Failure) -> Bool {
        writer.beginArray()
        if !list.isEmpty {
            guard var elements = CompactJSON(document, at: list.lowerBound) else { return false }
            while let element = elements.nextElement(of: document) {
                guard var members = CompactJSON(document, at: element.lowerBound), let id = members.nextMember(of: document),
                    id.value.count >= 2
                else { return false }
                writer.beginObject()
                writer.name("id")
                writer.raw(document.extracting(id.value))
                try captioning(kind, document.extracting(id.value.lowerBound + 1..<id.value.upperBound - 1), day, &writer)
                writer.name("role")
                if let role = members.nextMember(of: document) { writer.raw(document.extracting(role.value)) } else { writer.null() }
                writer.endObject()
            }
        }
        writer.endArray()
        return true
    }
}
