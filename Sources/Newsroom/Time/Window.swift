/// When something is to happen or did, as exactly as that is known.
///
/// On the wire `{"edtf","earliest","latest","earliest_at","latest_at","precision","confirmed","stated","anchor","zone"}`; clients send
/// `edtf` or an instant (`at`); `earliest`, `latest`, the instants that they mean, and `precision` are worked out.
package struct Window: Sendable, Equatable {
    /// ISO 8601-2 level 0 or 1, in the form that the writer gives it: `2024-04-01/..`.
    package let edtf: EDTF
    package var confirmed: Bool
    /// The words used: `as early as next week`.
    package var stated: String?
    /// The day that `stated` counts from.
    package var anchor: PartialDate?
    /// The IANA time zone in which dates, and times without an offset, are meant: `America/New_York`.
    package var zone: TimeZoneName?

    package init(edtf: EDTF, confirmed: Bool = false, stated: String? = nil, anchor: PartialDate? = nil, zone: TimeZoneName? = nil) {
        self.edtf = edtf
        self.confirmed = confirmed
        self.stated = stated
        self.anchor = anchor
        self.zone = zone
    }
}
