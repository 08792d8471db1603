import JSON
import Newsroom

// Statements come behind the events that they are about, and events rest on statements: so an export writes what rests on them at the end.
extension EventDocument {
    /// The event without what rests on statements: what is not said of a basis leaves it as it is.
    static func withoutBasis(_ event: Event) -> Event {
        var event = event
        for index in event.draft.causes.indices { event.draft.causes[index].basis = [] }
        for index in event.draft.transitions.indices { event.draft.transitions[index].basis = [] }
        return event
    }

    /// A record that says what of the event rests on which statements.
    static func writeBasis(of event: Event, to writer: inout JSONWriter) {
        let ids = event.draft.externalIDs.all
        writer.beginObject()
        writer.member("type", Kind.event.rawValue, true)
        writer.member("id", event.record.id.text, true)
        if ids.count == 1 { writer.member("external_id", ids[0].description, true) }
        var fields = FieldCursor(.export, nil)
        writer.causes(event.draft.causes, event.captions, .export, &fields)
        writer.transitions(event.draft.transitions, event.captions, .export, &fields)
        writer.endObject()
    }
}
