/// The note on an unnamed source, on its way from one newsroom's server to another's.
package struct SourceNote: Sendable, Equatable {
    package var source: SourceID
    package var note: String

    package init(source: SourceID, note: String) {
        self.source = source
        self.note = note
    }
}
