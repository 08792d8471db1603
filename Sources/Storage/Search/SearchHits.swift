import Newsroom
import SQLite

/// How what was found is shown.
extension Searcher {
    /// Nil where it has gone since the index was read: both are of one snapshot, so never.
    func hit(_ candidate: Candidate, _ highlighter: Highlighter) throws(SQLiteError) -> SearchHit? {
        let kind = SearchKey.kind(of: candidate.key)
        var hit: SearchHit?
        try database.one(.shown(kind)) {
            $0.add(candidate.key)
        } _: { row throws(SQLiteError) in
            let title = row.text(1)
            var shown = SearchHit(kind: kind, id: row.text(0), title: title, updatedAt: row.instant(2))
            shown.highlight = highlighter.highlight(title)
            shown.publishedAt = row.instantOrNil(3)
            shown.section = row.textOrNil(4)
            shown.status = row.textOrNil(5)
            let isHTML = row.text(8) == BodyFormat.html.rawValue
            let snippet = row.withText(7) { highlighter.snippet($0, isHTML: isHTML) }
            // What is written beside the title shows more than the beginning of a text in which nothing was found.
            if snippet?.hasHits != true, let lead = row.withText(6, { highlighter.snippet($0, isHTML: false) }) {
                shown.snippet = lead.html
            } else {
                shown.snippet = snippet?.html
            }
            hit = shown
        }
        return hit
    }
}

extension SQL {
    fileprivate static func shown(_ kind: Kind) -> SQL {
        switch kind {
        case .article: shownArticle
        case .person: shownPerson
        case .organization: shownOrganization
        case .event: shownEvent
        case .statement: shownStatement
        }
    }

    // Each: id, title, updated_at, published_at, section, status, what stands beside the title, the text, its format.
    private static let shownArticle = SQL(
        """
        SELECT article.id, headline, updated_at_ms, published_at_ms, section, status, coalesce(summary, subheadline), body, body_format
        FROM search_document
        CROSS JOIN article ON article.key = search_document.resource_key
        WHERE search_document.key = $1
        """)

    private static let shownPerson = SQL(
        """
        SELECT person.id, name, updated_at_ms, NULL, NULL, NULL,
            (SELECT group_concat(title, '; ') FROM person_role WHERE person_key = person.key), description, 'text'
        FROM search_document
        CROSS JOIN person ON person.key = search_document.resource_key
        WHERE search_document.key = $1
        """)

    private static let shownOrganization = SQL(
        """
        SELECT organization.id, name, updated_at_ms, NULL, NULL, NULL,
            (SELECT group_concat(name, '; ') FROM organization_alias WHERE organization_key = organization.key), NULL, 'text'
        FROM search_document
        CROSS JOIN organization ON organization.key = search_document.resource_key
        WHERE search_document.key = $1
        """)

    /// Its title is who speaks.
    private static let shownStatement = SQL(
        """
        SELECT statement.id, coalesce(statement.described_as, person.name, organization.name), statement.updated_at_ms, NULL, NULL,
            statement.status, claim_value, statement.text, 'text'
        FROM search_document
        CROSS JOIN statement ON statement.key = search_document.resource_key
        LEFT JOIN person ON person.key = statement.person_key
        LEFT JOIN organization ON organization.key = statement.organization_key
        WHERE search_document.key = $1
        """)

    private static let shownEvent = SQL(
        """
        SELECT event.id, title, updated_at_ms, NULL, NULL, status, place_name, summary, 'text'
        FROM search_document
        CROSS JOIN event ON event.key = search_document.resource_key
        WHERE search_document.key = $1
        """)
}
