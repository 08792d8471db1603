import HTTPTypes
import JSON
import Newsroom
import Routing
import Testing

@testable import NewsroomAPI

/// The exits of the API: for each route that reads, what is asked of it, and what its answers tell.
struct Exits {
    /// What the answers of a route tell of articles and statements, seen over all that is asked of it.
    enum Telling {
        /// Nothing that belongs to an article.
        case nothing
        /// The words of every article that the asker may see.
        case all
        /// The same, to the newsroom alone; others are refused.
        case allToNewsroom
        /// Of that which came to be through an action: a correction, or a retraction.
        case corrections
        /// Also of what was deleted, to the newsroom: that is the past.
        case past
        /// That there were versions of it, in the same way, and no word of these.
        case traces
        /// That something came, and went: to everybody of what they could see at that time, and no word of it.
        case changes
    }

    struct Exit {
        let targets: [String]
        let telling: Telling
    }

    let world: VisibilityWorld
    private let meta: [String: JSONValue]

    init(_ world: VisibilityWorld) async throws {
        self.world = world
        var kinds: [String: JSONValue] = [:]
        let answer = try await world.desk.send("GET /v1/meta")
        guard case .array(let all)? = answer["kinds"] else { throw Incomplete() }
        for kind in all {
            guard case .string(let path)? = kind["path"] else { throw Incomplete() }
            kinds[path] = kind
        }
        meta = kinds
    }

    private struct Incomplete: Error {}

    /// Nil for a route that the table does not know: then it is to be written in.
    func exit(_ pattern: String) -> Exit? {
        switch pattern {
        case "/v1/articles": Exit(targets: lists("/v1/articles") + articleFilters, telling: .past)
        case "/v1/articles/{id}": Exit(targets: articlePaths.flatMap { items($0, of: "/v1/articles") }, telling: .past)
        case "/v1/articles/{id}/revisions": Exit(targets: articlePaths.map { "\($0)/revisions?limit=200" }, telling: .traces)
        case "/v1/articles/{id}/revisions/{version}":
            Exit(targets: articlePaths.flatMap { ["\($0)/revisions/1", "\($0)/revisions/2", "\($0)/revisions/2?diff=1"] }, telling: .past)
        case "/v1/articles/{id}/corrections": Exit(targets: articlePaths.map { "\($0)/corrections" }, telling: .corrections)
        case "/v1/corrections": Exit(targets: ["/v1/corrections", "/v1/corrections?limit=200&pretty"], telling: .corrections)
        case "/v1/articles/{id}/statements": Exit(targets: articlePaths.flatMap { under("\($0)/statements") }, telling: .past)
        case "/v1/articles/{id}/quotes": Exit(targets: articlePaths.map { "\($0)/quotes" }, telling: .all)
        case "/v1/people", "/v1/organizations", "/v1/events":
            Exit(targets: lists(pattern), telling: pattern == "/v1/events" ? .past : .nothing)
        case "/v1/people/{id}": Exit(targets: items("/v1/people/ada", of: "/v1/people"), telling: .nothing)
        case "/v1/organizations/{id}": Exit(targets: items("/v1/organizations/club", of: "/v1/organizations"), telling: .nothing)
        case "/v1/events/{id}": Exit(targets: items("/v1/events/talks", of: "/v1/events"), telling: .past)
        case "/v1/people/{id}/articles": Exit(targets: under("/v1/people/ada/articles"), telling: .past)
        case "/v1/organizations/{id}/articles": Exit(targets: under("/v1/organizations/club/articles"), telling: .past)
        case "/v1/events/{id}/articles": Exit(targets: under("/v1/events/talks/articles"), telling: .past)
        case "/v1/people/{id}/statements":
            Exit(targets: under("/v1/people/ada/statements") + ["/v1/people/ada/statements?claim=held"], telling: .past)
        case "/v1/organizations/{id}/statements": Exit(targets: under("/v1/organizations/club/statements"), telling: .nothing)
        case "/v1/events/{id}/statements": Exit(targets: under("/v1/events/talks/statements"), telling: .past)
        case "/v1/organizations/{id}/people": Exit(targets: under("/v1/organizations/club/people"), telling: .nothing)
        case "/v1/people/{id}/revisions", "/v1/people/{id}/revisions/{version}":
            Exit(targets: ["/v1/people/ada/revisions", "/v1/people/ada/revisions/1"], telling: .nothing)
        case "/v1/organizations/{id}/revisions", "/v1/organizations/{id}/revisions/{version}":
            Exit(targets: ["/v1/organizations/club/revisions", "/v1/organizations/club/revisions/1"], telling: .nothing)
        case "/v1/events/{id}/revisions", "/v1/events/{id}/revisions/{version}":
            Exit(
                targets: (1...3).map { "/v1/events/talks/revisions/\($0)" }
                    + ["/v1/events/talks/revisions", "/v1/events/talks/revisions/3?diff=1"], telling: .past)
        case "/v1/events/{id}/why": Exit(targets: ["/v1/events/talks/why"], telling: .all)
        case "/v1/events/{id}/consequences": Exit(targets: ["/v1/events/vote/consequences"], telling: .all)
        case "/v1/events/{id}/timeline", "/v1/people/{id}/timeline":
            Exit(targets: timelines(pattern.contains("events") ? "/v1/events/talks/timeline" : "/v1/people/ada/timeline"), telling: .all)
        case "/v1/timeline": Exit(targets: timelines(pattern), telling: .all)
        case "/v1/desk": Exit(targets: ["/v1/desk"], telling: .allToNewsroom)
        case "/v1/statements": Exit(targets: lists(pattern) + statementFilters, telling: .past)
        case "/v1/statements/{id}": Exit(targets: statementPaths.flatMap { items($0, of: "/v1/statements") }, telling: .past)
        case "/v1/statements/{id}/revisions": Exit(targets: statementPaths.map { "\($0)/revisions" }, telling: .traces)
        case "/v1/statements/{id}/revisions/{version}":
            Exit(targets: statementPaths.flatMap { ["\($0)/revisions/1", "\($0)/revisions/2?diff=1"] }, telling: .past)
        case "/v1/statements/sources/{id}":
            Exit(targets: world.sources.values.sorted().map { "/v1/statements/sources/\($0)" }, telling: .traces)
        case "/v1/people/duplicates", "/v1/organizations/duplicates", "/v1/events/duplicates": Exit(targets: [pattern], telling: .nothing)
        case "/v1/conflicts":
            Exit(targets: ["", "?event=talks", "?property=held", "?known_by=2024-03-28T00:00:00Z"].map { pattern + $0 }, telling: .all)
        case "/v1/conflicts/{id}": Exit(targets: ["/v1/conflicts/\(world.conflict)"], telling: .all)
        case "/v1/search": Exit(targets: searches, telling: .all)
        case "/v1/suggest": Exit(targets: ["harbour", "xq", "in"].map { "/v1/suggest?q=\($0)&limit=20" } + suggestions, telling: .all)
        case "/v1/changes":
            Exit(targets: ["", "?limit=1000", "?kind=article,statement&limit=1000", "?after=3"].map { pattern + $0 }, telling: .changes)
        case "/v1/webhooks", "/v1/webhooks/{id}", "/v1/webhooks/{id}/deliveries":
            Exit(targets: [pattern.replacing("{id}", with: "nothing")], telling: .nothing)
        case "/v1/meta", "/docs/errors", "/livez", "/readyz", "/healthz", "/metrics": Exit(targets: [pattern], telling: .nothing)
        default: nil
        }
    }

    private var articlePaths: [String] {
        VisibilityWorld.State.allCases.flatMap { [world.articles[$0] ?? "", "\($0.word)-story"] }.map { "/v1/articles/\($0)" }
    }

    private var statementPaths: [String] { world.statements.values.joined().sorted().map { "/v1/statements/\($0)" } }

    private var articleFilters: [String] {
        VisibilityWorld.State.allCases.flatMap { state in
            let word = state.word
            return ["tag=\(word)", "section=\(word)-section", "headline__startswith=\(word)", "external_id=desk:\(word)", "q=\(word)"].map {
                "/v1/articles?\($0)&count=exact&facets=section,tag"
            }
        } + ["draft", "ready", "published", "retracted"].map { "/v1/articles?status=\($0)&count=exact&facets=tag" }
    }

    private var statementFilters: [String] {
        VisibilityWorld.State.allCases.flatMap { state in
            ["claim.value=\(state.word)%20yes", "q=\(state.word)", "article=\(state.word)-story"].map { "/v1/statements?\($0)&count=exact" }
        }
    }

    private var searches: [String] {
        let words = ["harbour", "harbour%20-nothing", "har*", "headline:harbour"] + VisibilityWorld.State.allCases.map(\.word)
        return words.flatMap { word in
            [
                "/v1/search?q=\(word)&limit=100", "/v1/search?q=\(word)&facets=kind,section&sort=newest",
                "/v1/search?q=\(word)&kind=article,statement",
            ]
        }
    }

    private var suggestions: [String] { VisibilityWorld.State.allCases.map { "/v1/suggest?q=\($0.word)" } }

    private func timelines(_ path: String) -> [String] {
        ["occurred", "said", "published", "recorded"].flatMap { clock in
            ["\(path)?clock=\(clock)&limit=200", "\(path)?clock=\(clock)&limit=200&known_by=2024-03-29T00:00:00Z"]
        }
    }

    /// All that a list may be asked for, by what the API itself says of its kind.
    private func lists(_ path: String) -> [String] {
        let facets = names(path, "facets")
        var queries = ["", "?limit=200&count=exact&pretty", "?q=harbour", "?as_of=\(VisibilityWorld.past)", "?shape=array", "?shape=ids"]
        queries += ["?shape=ndjson", "?shape=csv", "?include=\(names(path, "includes").joined(separator: ","))&limit=200"]
        queries += facets.isEmpty ? [] : ["?facets=\(facets.joined(separator: ","))&count=exact", "?q=harbour&facets=\(facets[0])"]
        queries += names(path, "sorts").flatMap { ["?sort=\($0)&limit=200", "?sort=-\($0)&limit=2"] }
        return queries.map { path + $0 }
    }

    /// A list below another resource.
    private func under(_ path: String) -> [String] {
        ["", "?limit=200&count=exact", "?shape=csv", "?shape=ndjson", "?q=harbour", "?as_of=\(VisibilityWorld.past)"].map { path + $0 }
    }

    private func items(_ path: String, of kind: String) -> [String] {
        ["", "?pretty", "?include=\(names(kind, "includes").joined(separator: ","))", "?as_of=\(VisibilityWorld.past)"].map { path + $0 }
    }

    private func names(_ path: String, _ member: String) -> [String] {
        guard case .array(let values)? = meta[path]?[member] else { return [] }
        return values.compactMap { if case .string(let name) = $0 { name } else { nil } }
    }
}
