import Newsroom

// What lists of articles can be filtered and sorted by, and who sees what of them.
extension Article {
    static func filterSource(_ member: FilterMember) -> FilterSource {
        let newest = "article.published_at_ms"
        switch member {
        case .id: return .column(.init(name: "article.id", isUnique: true))
        case .slug: return .column(.init(name: "article.slug", isUnique: true))
        case .headline: return .column(.init(name: "article.headline", foldsCase: true))
        case .section: return .column(.init(name: "article.section", ordersBy: newest))
        case .source: return .column(.init(name: "article.source", ordersBy: newest, isSelective: false))
        case .language: return .column(.init(name: "article.language", ordersBy: newest, isSelective: false))
        case .type: return .column(.init(name: "article.type", ordersBy: newest, isSelective: false))
        case .urgency: return .column(.init(name: "article.urgency", ordersBy: newest, isSelective: false))
        case .status: return .column(.init(name: "article.status", ordersBy: newest, isSelective: false))
        case .createdAt: return .column(.init(name: "article.created_at_ms"))
        case .updatedAt: return .column(.init(name: "article.updated_at_ms"))
        case .publishedAt: return .column(.init(name: newest, ordersBy: newest))
        case .firstPublishedAt: return .column(.init(name: "article.first_published_at_ms"))
        case .embargoedUntil: return .column(.init(name: "article.embargoed_until_ms", isPartlyIndexed: true))
        case .tag: return .part(part("article_tag"), .init(name: "article_tag.tag"))
        case .place: return .part(part("article_place"), .init(name: "article_place.place"))
        case .externalID: return .externalID
        case .author: return .partReference(part("article_author", hasRepeats: true), column: "article_author.person_key", to: .person)
        case .person: return .partReference(part("article_person", hasRepeats: true), column: "article_person.person_key", to: .person)
        case .organization:
            return .partReference(
                part("article_organization", hasRepeats: true), column: "article_organization.organization_key", to: .organization)
        case .event: return .partReference(part("article_event", hasRepeats: true), column: "article_event.event_key", to: .event)
        case .needsReview:
            let marks = FilterSource.Part(table: "article_review", owner: "article_key", hasRepeats: true)
            return .part(marks, .init(name: "article_review.needs_review"))
        }
    }

    private static func part(_ table: String, hasRepeats: Bool = false) -> FilterSource.Part {
        FilterSource.Part(table: table, owner: "article_key", carries: "article.published_at_ms", hasRepeats: hasRepeats)
    }

    static func sortColumn(_ member: SortMember) -> SortColumn {
        switch member {
        case .publishedAt: SortColumn(name: "article.published_at_ms", isNullable: true)
        case .createdAt: SortColumn(name: "article.created_at_ms")
        case .updatedAt: SortColumn(name: "article.updated_at_ms")
        case .headline: SortColumn(name: "article.headline", foldsCase: true)
        }
    }

    /// `Article.isVisible` in SQL; a test compares the two.
    static func visibility(to viewer: Viewer, at now: Instant) -> Visibility? {
        switch viewer {
        case .reader, .newsroom: nil
        case .anonymous:
            Visibility(of: table, ordersBy: "article.published_at_ms") { rows, now, plus in
                // No index is entered at the present moment: a page's cursor is the better bound, and few articles lie ahead.
                """
                (\(plus)\(rows).status = 'published' AND +\(rows).published_at_ms <= \(now) \
                AND (\(rows).embargoed_until_ms IS NULL OR \(rows).embargoed_until_ms <= \(now)))
                """
            }
        }
    }

    /// `Article.publicFrom` in SQL, in milliseconds; NULL for what only the newsroom sees. A test compares the two.
    static let publicFromSQL = """
        CASE WHEN article.status = 'published'
        THEN max(article.published_at_ms, coalesce(article.embargoed_until_ms, article.published_at_ms)) END
        """

    static func isVisible(_ article: Article, to viewer: Viewer, at now: Instant) -> Bool {
        isVisible(article.draft, to: viewer, at: now)
    }

    static func publicFromMilliseconds(_ draft: Draft) -> Int64? { publicFrom(draft)?.milliseconds }

    static func byteCount(of article: Article) -> Int {
        let draft = article.draft
        return draft.body.utf8.count + draft.headline.utf8.count + (draft.subheadline?.utf8.count ?? 0) + (draft.summary?.utf8.count ?? 0)
            + (draft.usageTerms?.utf8.count ?? 0) + draft.tags.reduce(0) { $0 + $1.utf8.count }
            + draft.places.reduce(0) { $0 + $1.utf8.count } + draft.corrections.reduce(0) { $0 + 200 + $1.text.utf8.count }
            + article.captions.byteCount
    }
}
