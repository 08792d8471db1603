package import JSON
package import Newsroom

/// An article as JSON.
package enum ArticleDocument: ResourceDocument {
    package static let memberNames = [
        "id", "type", "slug", "url", "version", "created_at", "updated_at", "external_ids", "headline", "subheadline", "summary", "body",
        "body_format", "byline", "authors", "dateline", "section", "tags", "places", "language", "urgency", "status", "embargoed_until",
        "first_published_at", "published_at", "source", "canonical_url", "usage_terms", "word_count", "people", "organizations", "events",
        "corrections", "needs_review",
    ]

    package static func readMember(
        _ name: String, _ value: JSONValue, into draft: inout Article.Draft, over base: Article.Draft?, _ reader: inout DocumentReader
    ) -> Bool {
        readText(name, value, into: &draft, &reader) || readReferences(name, value, into: &draft, &reader)
            || readState(name, value, into: &draft, over: base, &reader)
    }

    private static func readText(
        _ name: String, _ value: JSONValue, into draft: inout Article.Draft, _ reader: inout DocumentReader
    ) -> Bool {
        switch name {
        case "headline": reader.text(value, into: &draft.headline, at: "/headline")
        case "subheadline": reader.text(value, into: &draft.subheadline, at: "/subheadline")
        case "summary": reader.text(value, into: &draft.summary, at: "/summary")
        case "body": reader.text(value, into: &draft.body, at: "/body")
        case "body_format": reader.word(value, into: &draft.bodyFormat, otherwise: .text, at: "/body_format")
        case "byline": reader.text(value, into: &draft.byline, at: "/byline")
        case "dateline": reader.text(value, into: &draft.dateline, at: "/dateline")
        case "section": reader.text(value, into: &draft.section, at: "/section")
        case "tags": reader.strings(value, into: &draft.tags, at: "/tags", countMax: CountRule.tags)
        case "places": reader.strings(value, into: &draft.places, at: "/places", countMax: CountRule.places)
        case "language":
            reader.parsed(value, into: &draft.language, at: "/language", "a BCP 47 language tag, such as en or pt-BR") { LanguageTag($0) }
        case "source": reader.text(value, into: &draft.source, at: "/source")
        case "canonical_url": reader.url(value, into: &draft.canonicalURL, at: "/canonical_url")
        case "usage_terms": reader.text(value, into: &draft.usageTerms, at: "/usage_terms")
        default: return false
        }
        return true
    }

    private static func readReferences(
        _ name: String, _ value: JSONValue, into draft: inout Article.Draft, _ reader: inout DocumentReader
    ) -> Bool {
        switch name {
        case "authors": reader.references(value, into: &draft.authors, at: "/authors")
        case "people": reader.references(value, into: &draft.people, at: "/people")
        case "organizations": reader.references(value, into: &draft.organizations, at: "/organizations")
        case "events": reader.references(value, into: &draft.events, at: "/events")
        default: return false
        }
        return true
    }

    private static func readState(
        _ name: String, _ value: JSONValue, into draft: inout Article.Draft, over base: Article.Draft?, _ reader: inout DocumentReader
    ) -> Bool {
        switch name {
        case "type", "article_type":
            // In a record `type` names the kind and never comes here, so there, and only there, its own type has another name.
            guard (name == "article_type") == (reader.mode == .importRecord) else { return false }
            reader.word(value, into: &draft.type, otherwise: .news, at: "/" + name)
        case "urgency": readUrgency(value, into: &draft.urgency, &reader)
        case "status" where value == .null && base?.status != nil:
            reader.fail("/status", .required, "must not be cleared: an article is always in some state")
        case "status": reader.word(value, into: &draft.status, at: "/status")
        case "embargoed_until": reader.instant(value, into: &draft.embargoedUntil, at: "/embargoed_until")
        case "published_at" where value == .null && (base?.status == .published || base?.status == .retracted):
            reader.fail("/published_at", .required, "must not be cleared: the article was published")
        case "published_at": reader.instant(value, into: &draft.publishedAt, at: "/published_at")
        case "first_published_at" where reader.mode == .importRecord || reader.mode == .log:
            reader.instant(value, into: &draft.firstPublishedAt, at: "/first_published_at")
        case "first_published_at": reader.serverOwned(value, base?.firstPublishedAt, at: "/first_published_at")
        case "corrections": readCorrections(value, into: &draft, over: base, &reader)
        case "needs_review": reader.passReview(value)
        case "word_count":
            let stored = base.map { JSONValue.integer(Int64(WordCount.words(in: $0.body, $0.bodyFormat))) }
            reader.serverOwned(value, stored, at: "/word_count")
        default: return false
        }
        return true
    }

    private static func readUrgency(_ value: JSONValue, into urgency: inout Urgency?, _ reader: inout DocumentReader) {
        switch value {
        case .null: urgency = nil
        case .integer(let number): readUrgency(Int(number), into: &urgency, &reader)
        case .double(let number) where number == number.rounded(): readUrgency(Int(exactly: number), into: &urgency, &reader)
        case .double(let number): reader.fail("/urgency", .wrongType, "must be a whole number, not \(number)")
        default: reader.failType(value, "/urgency", "a whole number")
        }
    }

    private static func readUrgency(_ number: Int?, into urgency: inout Urgency?, _ reader: inout DocumentReader) {
        if let read = number.flatMap(Urgency.init) {
            urgency = read
        } else {
            reader.fail("/urgency", .outOfRange, "must be 1 (most urgent) to 9")
        }
    }

    package static func write(
        _ article: Article, to writer: inout JSONWriter, form: DocumentForm, selecting selection: FieldSelection? = nil
    ) {
        var fields = FieldCursor(form, selection)
        writer.beginObject()
        writer.head(of: article, type: form == .export ? nil : article.draft.type.rawValue, form, &fields)
        if form == .export {
            writer.name("article_type")
            writer.string(article.draft.type.rawValue)
        }
        writeText(article.draft, to: &writer, writesBody: form != .listItem || selection != nil, &fields)
        writeState(article, to: &writer, form, &fields)
        writer.references("people", article.draft.people, article.captions, form, &fields)
        writer.references("organizations", article.draft.organizations, article.captions, form, &fields)
        writer.references("events", article.draft.events, article.captions, form, &fields)
        writer.corrections(article.draft.corrections, &fields)
        writer.review(article.review, form, &fields)
        writer.endObject()
    }

    private static func writeText(
        _ draft: Article.Draft, to writer: inout JSONWriter, writesBody: Bool, _ fields: inout FieldCursor
    ) {
        writer.member("headline", draft.headline, &fields)
        writer.member("subheadline", draft.subheadline, &fields)
        writer.member("summary", draft.summary, &fields)
        if fields.next() && writesBody {
            writer.name("body")
            writer.string(draft.body)
        }
        writer.member("body_format", draft.bodyFormat.rawValue, &fields)
        writer.member("byline", draft.byline, &fields)
    }

    private static func writeState(
        _ article: Article, to writer: inout JSONWriter, _ form: DocumentForm, _ fields: inout FieldCursor
    ) {
        let draft = article.draft
        writer.references("authors", draft.authors, article.captions, form, &fields)
        writer.member("dateline", draft.dateline, &fields)
        writer.member("section", draft.section, &fields)
        writer.member("tags", draft.tags, &fields)
        writer.member("places", draft.places, &fields)
        writer.member("language", draft.language?.text, &fields)
        writer.member("urgency", draft.urgency?.value, &fields)
        writer.member("status", draft.status?.rawValue, &fields)
        writer.member("embargoed_until", draft.embargoedUntil, &fields)
        writer.member("first_published_at", draft.firstPublishedAt, &fields)
        writer.member("published_at", draft.publishedAt, &fields)
        writer.member("source", draft.source, &fields)
        writer.member("canonical_url", draft.canonicalURL?.text, &fields)
        writer.member("usage_terms", draft.usageTerms, &fields)
        if form != .export { writer.member("word_count", article.wordCount, &fields) }
    }
}
