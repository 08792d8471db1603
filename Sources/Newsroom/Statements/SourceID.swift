/// The id of an unnamed source: whoever is behind it, it is the same in all statements that name it.
package typealias SourceID = RecordID<UnnamedSource>

extension UnnamedSource: Recorded {
    package static let idPrefix = "src_"
}
