package typealias ResolutionID = RecordID<ConflictResolution>

extension ConflictResolution: Recorded {
    package static let idPrefix = "res_"
}
