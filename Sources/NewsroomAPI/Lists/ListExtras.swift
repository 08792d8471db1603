internal import Documents
internal import JSON
internal import Newsroom

extension JSONWriter {
    /// `included`: whole resources by the path names of their kinds, each kind that was asked for; and `included_complete`.
    mutating func included(_ related: Related, _ kinds: Set<Kind>) {
        name("included")
        beginObject()
        if kinds.contains(.person) { resources("people", related.people, PersonDocument.self) }
        if kinds.contains(.organization) { resources("organizations", related.organizations, OrganizationDocument.self) }
        if kinds.contains(.event) { resources("events", related.events, EventDocument.self) }
        if kinds.contains(.article) { resources("articles", related.articles, ArticleDocument.self) }
        if kinds.contains(.statement) { resources("statements", related.statements, StatementDocument.self) }
        endObject()
        name("included_complete")
        bool(related.isComplete)
    }

    private mutating func resources<D: ResourceDocument>(_ name: StaticString, _ resources: [D.R], _: D.Type) {
        self.name(name)
        beginArray()
        for resource in resources { D.write(resource, to: &self, form: .listItem, selecting: nil) }
        endArray()
    }

    /// `facets`: by the names of the members `{"values": [{"value", "count"}], "complete"}`.
    mutating func facets<R: Resource>(_ facets: [Facet<R>]) {
        name("facets")
        beginObject()
        for facet in facets {
            name(facet.member.rawValue)
            beginObject()
            name("values")
            beginArray()
            for value in facet.values { write(value, of: facet.member.valueType) }
            endArray()
            name("complete")
            bool(facet.isComplete)
            endObject()
        }
        endObject()
    }

    /// `understood` and `index`, as a search tells them.
    mutating func reach(_ reach: SearchReach, of expression: SearchExpression) {
        name("understood")
        beginObject()
        name("q")
        string(expression.text)
        name("complete")
        bool(reach.isUnderstoodWhole)
        endObject()
        name("index")
        beginObject()
        name("seq")
        integer(reach.sequence)
        name("complete")
        bool(reach.isIndexComplete)
        endObject()
    }

    private mutating func write(_ value: FacetValue, of type: ListValueType) {
        beginObject()
        name("value")
        switch value.value {
        case .text(let text): string(text)
        case .integer(let number): integer(number)
        case .reference(let id, let caption):
            beginObject()
            name("id")
            string(id)
            if let caption {
                switch type {
                case .reference(.event): name("title")
                case .reference(.article): name("headline")
                default: name("name")
                }
                string(caption)
            }
            endObject()
        }
        name("count")
        integer(Int64(value.count))
        endObject()
    }
}
