internal import Routing

extension Router {
    /// Every route of the API, from top to bottom. HEAD comes with each GET, OPTIONS with each path.
    static func newsroom(
        articles: ArticleHandlers, people: PersonHandlers, organizations: OrganizationHandlers, events: EventHandlers,
        imports: ImportHandlers, admin: AdminHandlers, meta: Meta, errorPage: ErrorPage, probes: Probes, keeping: Keeping
    ) -> Router {
        var router = Router()

        router.get("/v1/articles", keeping(articles.list), summary: "articles, the newest first")
        router.post("/v1/articles", articles.create, summary: "a new article")
        router.get("/v1/articles/{id}", keeping(articles.show), summary: "one article, by id or slug")
        router.put("/v1/articles/{id}", articles.replace, summary: "replace an article")
        router.patch("/v1/articles/{id}", articles.patch, summary: "change an article (JSON Merge Patch)")
        router.delete("/v1/articles/{id}", articles.delete, summary: "delete an article")

        router.get("/v1/people", keeping(people.list), summary: "people, by the name that they are sorted under")
        router.post("/v1/people", people.create, summary: "a new person")
        router.get("/v1/people/{id}", keeping(people.show), summary: "one person, by id or slug")
        router.put("/v1/people/{id}", people.replace, summary: "replace a person")
        router.patch("/v1/people/{id}", people.patch, summary: "change a person (JSON Merge Patch)")
        router.delete("/v1/people/{id}", people.delete, summary: "delete a person")

        router.get("/v1/organizations", keeping(organizations.list), summary: "organizations, by name")
        router.post("/v1/organizations", organizations.create, summary: "a new organization")
        router.get("/v1/organizations/{id}", keeping(organizations.show), summary: "one organization, by id or slug")
        router.put("/v1/organizations/{id}", organizations.replace, summary: "replace an organization")
        router.patch("/v1/organizations/{id}", organizations.patch, summary: "change an organization (JSON Merge Patch)")
        router.delete("/v1/organizations/{id}", organizations.delete, summary: "delete an organization")

        router.get("/v1/events", keeping(events.list), summary: "events, by when they begin")
        router.post("/v1/events", events.create, summary: "a new event")
        router.get("/v1/events/{id}", keeping(events.show), summary: "one event, by id or slug")
        router.put("/v1/events/{id}", events.replace, summary: "replace an event")
        router.patch("/v1/events/{id}", events.patch, summary: "change an event (JSON Merge Patch)")
        router.delete("/v1/events/{id}", events.delete, summary: "delete an event")

        router.post("/v1/import", imports.run, summary: "import resources of all kinds (NDJSON)")
        router.post("/v1/admin/backup", admin.backUp, summary: "a copy of the database, in the folder of backups")
        router.get("/v1/meta", meta.show, summary: "kinds, members, filters, sorts and limits")
        router.get("/docs/errors", errorPage.show, summary: "what the codes of errors mean (HTML)")

        router.get("/livez", probes.live(), summary: "whether the process answers")
        router.get("/readyz", probes.ready, summary: "whether requests should be sent here")
        router.get("/healthz", probes.live(), summary: "the same as /livez")
        router.get("/metrics", probes.figures, summary: "figures for Prometheus")
        return router
    }
}
