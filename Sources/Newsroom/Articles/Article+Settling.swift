extension Article.Draft {
    /// See `ResourceDraft.settled(after:at:)`.
    ///
    /// A status that is not given is the previous one; of a new article `published` where `published_at` is given, else `draft`.
    /// Publication sets `published_at` where it is missing, to what it was before or to now, and `first_published_at` once: that follows
    /// `published_at` as long as it lies ahead, and stays for ever when it has come.
    package func settled(after previous: Article.Draft?, at now: Instant) -> Proposal<Article.Draft> {
        var settled = self
        var check = DraftCheck()
        settled.checkTexts(&check)
        settled.checkReferences(&check)
        settled.settleStatus(after: previous, at: now, &check)
        settled.settleCorrections(after: previous, at: now, &check)
        return Proposal(settled, failures: check.failures)
    }

    /// See `ResourceDraft.keepLife(of:)`: when everybody could see it, and what readers were told, stays so.
    package mutating func keepLife(of last: Article.Draft) {
        status = last.status
        (publishedAt, firstPublishedAt, embargoedUntil) = (last.publishedAt, last.firstPublishedAt, last.embargoedUntil)
        corrections = last.corrections
    }

    /// See `ResourceDraft.isTransition(from:)`.
    package func isTransition(from previous: Article.Draft) -> Bool { status != previous.status }

    private mutating func checkTexts(_ check: inout DraftCheck) {
        check.required(&headline, .headline, at: "/headline")
        check.optional(&subheadline, .subheadline, at: "/subheadline")
        check.optional(&summary, .summary, at: "/summary")
        check.text(&body, .body, at: "/body")
        check.optional(&byline, .byline, at: "/byline")
        check.optional(&dateline, .dateline, at: "/dateline")
        check.optional(&section, .section, at: "/section")
        check.optional(&source, .source, at: "/source")
        check.optional(&usageTerms, .usageTerms, at: "/usage_terms")
        check.list(&tags, .tag, countMax: CountRule.tags, at: "/tags")
        check.list(&places, .articlePlace, countMax: CountRule.places, at: "/places")
        check.count(externalIDs.bySource.count, CountRule.externalIDs, at: "/external_ids")
    }

    private mutating func checkReferences(_ check: inout DraftCheck) {
        check.references(&authors, at: "/authors")
        check.references(&people, at: "/people")
        check.references(&organizations, at: "/organizations")
        check.references(&events, at: "/events")
    }

    private mutating func settleStatus(after previous: Article.Draft?, at now: Instant, _ check: inout DraftCheck) {
        let before = previous?.status
        let status = self.status ?? before ?? (publishedAt == nil ? .draft : .published)
        self.status = status
        if let before, status != before, !before.next.contains(status) {
            let allowed = before.next.map { "`\($0.rawValue)`" }.joined(separator: " or ")
            check.fail("/status", .transition, "cannot go from `\(before.rawValue)` to `\(status.rawValue)`, only to \(allowed)")
        }
        switch status {
        case .draft, .ready: break
        case .published: publishedAt = publishedAt ?? previous?.publishedAt ?? now
        case .retracted:
            publishedAt = publishedAt ?? previous?.publishedAt
            if publishedAt == nil { check.fail("/published_at", .required, "must be given: what is retracted was published once") }
        }
        let wasPublished = status == .published || status == .retracted
        let known = [previous?.firstPublishedAt, firstPublishedAt].compactMap { $0 }
        firstPublishedAt = known.first { $0 <= now } ?? (wasPublished ? publishedAt : nil)
    }
}
