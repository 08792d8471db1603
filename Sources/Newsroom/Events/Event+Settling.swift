extension Event.Draft {
    /// See `ResourceDraft.settled(after:at:)`. That it is no part of itself, however far up, is `Hierarchy`'s business.
    package func settled(after previous: Event.Draft?, at now: Instant) -> Proposal<Event.Draft> {
        var settled = self
        var check = DraftCheck()
        check.required(&settled.title, .title, at: "/title")
        check.optional(&settled.summary, .summary, at: "/summary")
        check.window(&settled.window, at: "/window")
        settled.settleLife(after: previous, at: now, &check)
        settled.settlePlace(&check)
        check.count(settled.participants.count, CountRule.references, at: "/participants")
        for index in settled.participants.indices {
            check.optional(&settled.participants[index].role, .referenceRole, at: "/participants/\(index)/role")
        }
        check.keepFirst(of: &settled.participants)
        check.count(settled.causes.count, CountRule.causes, at: "/causes")
        settled.settleBasis(after: previous, &check)
        check.count(externalIDs.bySource.count, CountRule.externalIDs, at: "/external_ids")
        return Proposal(settled, failures: check.failures)
    }

    /// See `ResourceDraft.keepLife(of:)`: what was promised, moved and called off stays so.
    package mutating func keepLife(of last: Event.Draft) {
        (status, window) = (last.status, last.window)
        (formerSlots, transitions) = (last.formerSlots, last.transitions)
    }

    /// See `ResourceDraft.isTransition(from:)`.
    package func isTransition(from previous: Event.Draft) -> Bool {
        transitions.count != previous.transitions.count
    }

    private mutating func settlePlace(_ check: inout DraftCheck) {
        guard var place else { return }
        check.optional(&place.name, .placeName, at: "/place/name")
        if let latitude = place.latitude, !(-90...90).contains(latitude) {
            check.fail("/place/latitude", .outOfRange, "is in degrees, -90 to 90")
        }
        if let longitude = place.longitude, !(-180...180).contains(longitude) {
            check.fail("/place/longitude", .outOfRange, "is in degrees, -180 to 180")
        }
        if (place.latitude == nil) != (place.longitude == nil) {
            let missing = place.latitude == nil ? "latitude" : "longitude"
            check.fail("/place/\(missing)", .required, "must be given with the other coordinate")
        }
        self.place = place == Place() ? nil : place
    }
}
