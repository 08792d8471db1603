extension Organization.Draft {
    /// See `ResourceDraft.settled(after:at:)`. That it does not belong to itself, however far up, is `Hierarchy`'s business.
    package func settled(after previous: Organization.Draft?, at now: Instant) -> Proposal<Organization.Draft> {
        var settled = self
        var check = DraftCheck()
        check.required(&settled.name, .name, at: "/name")
        check.aliases(&settled.aliases)
        check.identifiers(&settled.identifiers)
        check.count(externalIDs.bySource.count, CountRule.externalIDs, at: "/external_ids")
        return Proposal(settled, failures: check.failures)
    }
}
