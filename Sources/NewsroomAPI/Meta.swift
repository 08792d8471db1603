internal import Documents
internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Newsroom
internal import Routing

/// `GET /v1/meta`: what there is to ask for, made from the same tables that requests are read by, so that it cannot tell otherwise.
struct Meta: Sendable {
    private let access: Access
    private let compact: [UInt8]
    private let pretty: [UInt8]

    init(version: String, access: Access, limits: APILimits) {
        self.access = access
        let value = Meta.value(version: version, limits: limits)
        compact = JSONWriter.text(of: value)
        pretty = JSONWriter.text(of: value, pretty: true)
    }

    func show(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        // The same for everybody, but a token that is not right is refused here as everywhere.
        _ = try access.viewer(of: request)
        try request.checkAcceptsJSON()
        _ = try request.acceptedCoding()
        var parameters = try Parameters(of: request)
        let isPretty = parameters.flag("pretty")
        try parameters.finish(known: ["pretty"])
        return Response(status: .ok, fields: AnswerFields.json, body: .bytes(isPretty ? pretty : compact))
    }

    private static func value(version: String, limits: APILimits) -> JSONValue {
        [
            "name": "dateline",
            "version": .string(version),
            "kinds": [
                kind(ArticleDocument.self), kind(PersonDocument.self), kind(OrganizationDocument.self), kind(EventDocument.self),
                kind(StatementDocument.self),
            ],
            "shapes": .array(ListShape.allCases.map { .string($0.rawValue) }),
            "list_parameters": .array(ListVocabulary<ArticleDocument>.commonNames.map { .string($0) }),
            "limits": self.limits(limits),
        ]
    }

    private static func kind<Document: ServedDocument>(_ document: Document.Type) -> JSONValue {
        let sort = Document.sortDefault
        let filters = Document.R.FilterMember.allCases.map { filter(ListVocabulary<Document>.self, $0) }
        return [
            "kind": .string(Document.R.kind.rawValue),
            "path": .string(Document.path),
            "id_prefix": .string("\(Document.R.kind.idPrefix)_"),
            "members": .array(Document.memberNames.map { .string($0) }),
            "left_out_of_lists": .array(Document.longMemberNames.map { .string($0) }),
            "filters": .array(filters),
            "sorts": .array(Document.R.SortMember.allCases.map { .string($0.rawValue) }),
            "includes": .array(Document.R.Relation.allCases.map { .string($0.rawValue) }),
            "facets": .array(Document.R.FilterMember.allCases.filter(\.isFacet).map { .string($0.rawValue) }),
            "csv_columns": .array(Document.columnsDefault.map { .string($0) }),
            "sort_default": .string((sort.isDescending ? "-" : "") + sort.member.rawValue),
        ]
    }

    private static func filter<Document: ServedDocument>(
        _ vocabulary: ListVocabulary<Document>.Type, _ member: Document.R.FilterMember
    ) -> JSONValue {
        var filter = JSONObject([
            (name: "name", value: .string(member.rawValue)),
            (name: "type", value: .string(member.valueType.name)),
            (name: "parameters", value: .array(member.valueType.comparisons.map { .string(vocabulary.name(of: member, $0)) })),
        ])
        switch member.valueType {
        case .word(let words): filter["words"] = .array(words.map { .string($0) })
        case .reference(let kind): filter["kind"] = .string(kind.rawValue)
        case .party: filter["kinds"] = ["person", "organization"]
        case .text, .integer, .instant, .lastInstant, .window, .date, .flag, .mark, .externalID: break
        }
        return .object(filter)
    }

    private static func limits(_ limits: APILimits) -> JSONValue {
        [
            "body_bytes_max": .integer(Int64(limits.bodyByteCountMax)),
            "import_bytes_max": .integer(Int64(limits.importByteCountMax)),
            "batch_operations_max": .integer(Int64(limits.batchOperationCountMax)),
            "page_limit_default": .integer(Int64(limits.pageLimitDefault)),
            "page_limit_max": .integer(Int64(limits.pageLimitMax)),
            "page_bytes_max": .integer(Int64(limits.pageByteCountMax)),
            "included_max": .integer(Int64(limits.includedCountMax)),
            "facet_values_max": .integer(Int64(limits.facetValueCountMax)),
            "filters_max": .integer(Int64(limits.filterCountMax)),
            "filter_values_max": .integer(Int64(limits.filterValueCountMax)),
            "json_depth_max": .integer(Int64(limits.depthMax)),
        ]
    }
}
