internal import HTTPTypes
internal import Newsroom
internal import Routing

extension Router {
    /// Every route of the API, from top to bottom. HEAD comes with each GET, OPTIONS with each path.
    static func newsroom(
        _ context: HandlerContext, keeping: Keeping, changes: ChangeHandlers, admin: AdminHandlers, webhooks: WebhookHandlers, meta: Meta,
        probes: Probes
    ) -> Router {
        let articles = ArticleHandlers(context: context)
        let people = PersonHandlers(context: context)
        let organizations = OrganizationHandlers(context: context)
        let events = EventHandlers(context: context)
        let statements = StatementHandlers(context: context)
        let past = Histories(context: context)
        let articleMoves = ArticleActionHandlers(context: context)
        let corrections = CorrectionHandlers(context: context)
        let quotes = QuoteHandlers(context: context)
        let moves = EventActionHandlers(context: context)
        let causes = CauseHandlers(context: context)
        let withdrawals = WithdrawalHandlers(context: context)
        let sources = SourceHandlers(context: context)
        let lists = ArticlesOfHandlers(context: context)
        let statementsOf = StatementsOfHandlers(context: context)
        let offices = PeopleOfHandlers(context: context)
        let search = SearchHandlers(context: context)
        let imports = ImportHandlers(context: context)
        var router = Router(offers: [.patch: [.acceptPatch: PatchTypes.list]])

        router.get("/v1/articles", keeping(articles.list, unless: ListShape.streams), summary: "articles, the newest first")
        router.post("/v1/articles", articles.create, summary: "a new article")
        router.get("/v1/articles/{id}", keeping(articles.show, atOnce: articles.showAtOnce), summary: "one article, by id or slug")
        router.put("/v1/articles/{id}", articles.replace, summary: "replace an article")
        router.patch("/v1/articles/{id}", articles.patch, summary: "change an article (JSON Merge Patch)")
        router.delete("/v1/articles/{id}", articles.delete, summary: "delete an article")
        router.get("/v1/articles/{id}/revisions", keeping(past.articles.list), summary: "the versions of an article")
        router.get("/v1/articles/{id}/revisions/{version}", keeping(past.articles.show), summary: "a version of an article, or a diff")
        router.post("/v1/articles/{id}/actions/submit", articleMoves(.submit), summary: "a draft is ready")
        router.post("/v1/articles/{id}/actions/return_to_draft", articleMoves(.returnToDraft), summary: "it is to be worked on once more")
        router.post("/v1/articles/{id}/actions/publish", articleMoves(.publish), summary: "publish an article, perhaps at a later time")
        router.post("/v1/articles/{id}/actions/retract", articleMoves(.retract), summary: "withdraw an article, with the reason")
        router.post("/v1/articles/{id}/actions/correct", articleMoves(.correct), summary: "issue a correction, with what it changes")
        router.post("/v1/articles/{id}/actions/clear_review", articleMoves.clearReview, summary: "an article was looked at again")
        router.post("/v1/articles/{id}/actions/restore", past.articles.restore, summary: "bring a version back")
        router.get("/v1/articles/{id}/corrections", keeping(corrections.ofArticle), summary: "the corrections of an article")
        router.get("/v1/corrections", keeping(corrections.all), summary: "corrections of all articles, the newest first")
        router.get(
            "/v1/articles/{id}/statements", keeping(statementsOf.ofArticles, unless: ListShape.streams),
            summary: "the statements that an article reports, in time order")
        router.get("/v1/articles/{id}/quotes", keeping(quotes.list), summary: "whether they still stand in its body")

        router.get("/v1/people", keeping(people.list, unless: ListShape.streams), summary: "people, by the name that they are sorted under")
        router.post("/v1/people", people.create, summary: "a new person")
        router.get("/v1/people/{id}", keeping(people.show), summary: "one person, by id or slug")
        router.put("/v1/people/{id}", people.replace, summary: "replace a person")
        router.patch("/v1/people/{id}", people.patch, summary: "change a person (JSON Merge Patch)")
        router.delete("/v1/people/{id}", people.delete, summary: "delete a person")
        router.get("/v1/people/{id}/revisions", keeping(past.people.list), summary: "the versions of a person")
        router.get("/v1/people/{id}/revisions/{version}", keeping(past.people.show), summary: "a version of a person, or a diff")
        router.post("/v1/people/{id}/actions/restore", past.people.restore, summary: "bring a version back")
        router.get(
            "/v1/people/{id}/articles", keeping(lists.ofPeople, unless: ListShape.streams),
            summary: "the articles that refer to a person, the newest first")
        router.get(
            "/v1/people/{id}/statements", keeping(statementsOf.ofPeople, unless: ListShape.streams),
            summary: "what a person said, in time order; with claim, whether it changed")

        router.get("/v1/organizations", keeping(organizations.list, unless: ListShape.streams), summary: "organizations, by name")
        router.post("/v1/organizations", organizations.create, summary: "a new organization")
        router.get("/v1/organizations/{id}", keeping(organizations.show), summary: "one organization, by id or slug")
        router.put("/v1/organizations/{id}", organizations.replace, summary: "replace an organization")
        router.patch("/v1/organizations/{id}", organizations.patch, summary: "change an organization (JSON Merge Patch)")
        router.delete("/v1/organizations/{id}", organizations.delete, summary: "delete an organization")
        router.get("/v1/organizations/{id}/revisions", keeping(past.organizations.list), summary: "the versions of an organization")
        router.get(
            "/v1/organizations/{id}/revisions/{version}", keeping(past.organizations.show),
            summary: "a version of an organization, or a diff")
        router.post("/v1/organizations/{id}/actions/restore", past.organizations.restore, summary: "bring a version back")
        router.get(
            "/v1/organizations/{id}/articles", keeping(lists.ofOrganizations, unless: ListShape.streams),
            summary: "the articles that refer to an organization, the newest first")
        router.get(
            "/v1/organizations/{id}/people", keeping(offices.ofOrganizations, unless: ListShape.streams),
            summary: "the people who hold or held an office there, and with `at` who held which then")
        router.get(
            "/v1/organizations/{id}/statements", keeping(statementsOf.ofOrganizations, unless: ListShape.streams),
            summary: "what an organization said, in time order")

        router.get("/v1/events", keeping(events.list, unless: ListShape.streams), summary: "events, by when they begin")
        router.post("/v1/events", events.create, summary: "a new event")
        router.get("/v1/events/{id}", keeping(events.show), summary: "one event, by id or slug")
        router.put("/v1/events/{id}", events.replace, summary: "replace an event")
        router.patch("/v1/events/{id}", events.patch, summary: "change an event (JSON Merge Patch)")
        router.delete("/v1/events/{id}", events.delete, summary: "delete an event")
        router.get("/v1/events/{id}/revisions", keeping(past.events.list), summary: "the versions of an event")
        router.get("/v1/events/{id}/revisions/{version}", keeping(past.events.show), summary: "a version of an event, or a diff")
        router.get("/v1/events/{id}/why", keeping(causes.why), summary: "what led to an event, step by step")
        router.get("/v1/events/{id}/consequences", keeping(causes.consequences), summary: "what came of an event, step by step")
        router.post("/v1/events/{id}/actions/schedule", moves(.schedule), summary: "set a date for a proposed event")
        router.post("/v1/events/{id}/actions/reschedule", moves(.reschedule), summary: "set another date")
        router.post("/v1/events/{id}/actions/postpone", moves(.postpone), summary: "put an event off, perhaps to a date")
        router.post("/v1/events/{id}/actions/cancel", moves(.cancel), summary: "call an event off")
        router.post("/v1/events/{id}/actions/start", moves(.start), summary: "an event has begun")
        router.post("/v1/events/{id}/actions/complete", moves(.complete), summary: "an event has happened")
        router.post("/v1/events/{id}/actions/clear_review", moves.clearReview, summary: "an event was looked at again")
        router.post("/v1/events/{id}/actions/restore", past.events.restore, summary: "bring a version back")
        router.get(
            "/v1/events/{id}/articles", keeping(lists.ofEvents, unless: ListShape.streams),
            summary: "the articles that refer to an event, the newest first")
        router.get(
            "/v1/events/{id}/statements", keeping(statementsOf.ofEvents, unless: ListShape.streams),
            summary: "the statements about an event, in time order")

        router.get(
            "/v1/statements", keeping(statements.list, unless: ListShape.streams), summary: "who said what, what was said last first")
        router.post("/v1/statements", statements.create, summary: "a new statement")
        router.get("/v1/statements/{id}", keeping(statements.show), summary: "one statement, by id")
        router.put("/v1/statements/{id}", statements.replace, summary: "replace a statement")
        router.patch("/v1/statements/{id}", statements.patch, summary: "change a statement (JSON Merge Patch)")
        router.delete("/v1/statements/{id}", statements.delete, summary: "delete a statement")
        router.get("/v1/statements/{id}/revisions", keeping(past.statements.list), summary: "the versions of a statement")
        router.get(
            "/v1/statements/{id}/revisions/{version}", keeping(past.statements.show), summary: "a version of a statement, or a diff")
        router.post("/v1/statements/{id}/actions/restore", past.statements.restore, summary: "bring a version back")
        router.post("/v1/statements/{id}/actions/withdraw", withdrawals.withdraw, summary: "no longer hold a statement")
        router.get("/v1/statements/sources/{id}", sources.show, summary: "an unnamed source, for who may write")
        router.patch("/v1/statements/sources/{id}", sources.patch, summary: "the note on an unnamed source")
        router.post("/v1/statements/sources/{id}/actions/reveal", sources.reveal, summary: "an unnamed source turns out to be a person")

        router.addJudgements(Judgements(context: context))
        router.addTimelines(TimelineHandlers(context: context), keeping)
        router.addConflicts(ConflictHandlers(context: context), keeping)

        router.get("/v1/search", keeping(search.search), summary: "articles, people, organizations, events and statements by their words")
        router.get("/v1/suggest", search.suggest, summary: "names and headlines by their beginning, as one types")

        router.get("/v1/changes", changes.list, summary: "what changed, in order; to wait for, or as a stream of events")

        let batches = BatchHandlers(context: context, routes: router)
        router.post("/v1/batch", batches.run, summary: "several writes in one transaction, all or none")
        router.post("/v1/import", imports.run, summary: "import resources of all kinds (NDJSON)")
        router.addWebhooks(webhooks)
        router.post("/v1/admin/backup", admin.backUp, summary: "a copy of the database, in the folder of backups")
        router.get("/v1/meta", meta.show, summary: "kinds, members, filters, sorts and limits")
        router.get("/docs/errors", ErrorPage().show, summary: "what the codes of errors mean (HTML)")

        router.get("/livez", probes.live(), summary: "whether the process answers")
        router.get("/readyz", probes.ready, summary: "whether requests should be sent here")
        router.get("/healthz", probes.live(), summary: "the same as /livez")
        router.get("/metrics", probes.figures, summary: "figures for Prometheus")
        return router
    }
}
