package import JSON
package import Newsroom

// The life of an event: `schedule` and `transitions`.
extension EventDocument {
    private static let slotNames = ["window", "state"]
    private static let transitionNames = ["action", "from", "to", "reason", "window", "effective_at", "recorded_at", "cause", "basis"]

    /// Reads `schedule`, `{"slots": [{"window", "state"}]}`: the last one is what `window` says, where the status says that it has one.
    package static func readLast(
        _ object: JSONObject, into draft: inout Event.Draft, over base: Event.Draft?, _ reader: inout DocumentReader
    ) {
        if reader.mode == .replace, let base {
            // Whoever says nothing of its life means to leave it.
            if object["status"] == nil { draft.status = base.status }
            if object["window"] == nil { draft.window = base.window }
        }
        guard let value = object["schedule"], value != .null, let schedule = reader.object(value, at: "/schedule") else { return }
        for (name, _) in schedule.members where name != "slots" {
            reader.failUnknown(name, at: "/schedule/" + pointerPart(name), among: ["slots"])
        }
        var slots: [EventSlot] = []
        reader.list(schedule["slots"] ?? .null, into: &slots, at: "/schedule/slots", countMax: CountRule.slots + 1, readSlot)
        if reader.mode == .replace || reader.mode == .merge {
            guard slots != base?.slots ?? [] else { return }
            return reader.fail("/schedule", .readOnly, "is changed by actions: leave it out, or send it as it was read")
        }
        if let last = slots.last, last.state == draft.status.slotState, draft.status != .postponed || last.state == .current {
            if draft.window != nil, draft.window?.edtf != last.window.edtf, object["window"] != nil {
                reader.fail("/window", .invalidValue, "must be the window of the last slot, or be left out")
            }
            draft.window = last.window
            slots.removeLast()
        }
        draft.formerSlots = slots
    }

    private static func readSlot(_ reader: inout DocumentReader, _ value: JSONValue, at path: String) -> EventSlot? {
        guard let object = reader.object(value, at: path) else { return nil }
        let before = reader.failureCount
        var window: Window?
        var state: EventSlot.State?
        for (name, value) in object.members {
            switch name {
            case "window": reader.window(value, into: &window, over: nil, at: path + "/window")
            case "state": reader.word(value, into: &state, at: path + "/state")
            default: reader.failUnknown(name, at: "\(path)/\(pointerPart(name))", among: slotNames)
            }
        }
        if let window, let state { return EventSlot(window: window, state: state) }
        if reader.failureCount == before { reader.fail(path, .required, "must have a `window` and a `state`") }
        return nil
    }

    static func readTransitions(
        _ value: JSONValue, into draft: inout Event.Draft, over base: Event.Draft?, _ reader: inout DocumentReader
    ) {
        var transitions: [EventTransition] = []
        reader.list(value, into: &transitions, at: "/transitions", countMax: CountRule.transitions, readTransition)
        guard reader.mode == .replace || reader.mode == .merge else {
            draft.transitions = transitions
            return
        }
        let known = base?.transitions ?? []
        guard transitions.count != known.count || !zip(transitions, known).allSatisfy({ $0.isTold(by: $1) }) else { return }
        reader.fail("/transitions", .readOnly, "are made by actions: leave them out, or send them as they were read")
    }

    private static func readTransition(_ reader: inout DocumentReader, _ value: JSONValue, at path: String) -> EventTransition? {
        guard let object = reader.object(value, at: path) else { return nil }
        let before = reader.failureCount
        var action: EventAction?
        var (from, to): (EventStatus?, EventStatus?)
        var reason: String?
        var window: Window?
        var (effectiveAt, recordedAt): (Instant?, Instant?)
        var cause: EventCause?
        var basis = reader.mode == .log ? [] as [Reference<Statement>] : nil
        for (name, value) in object.members {
            switch name {
            case "action": reader.word(value, into: &action, at: path + "/action")
            case "from": reader.word(value, into: &from, at: path + "/from")
            case "to": reader.word(value, into: &to, at: path + "/to")
            case "reason": reader.text(value, into: &reason, at: path + "/reason")
            case "window": reader.window(value, into: &window, over: nil, at: path + "/window")
            case "effective_at": reader.instant(value, into: &effectiveAt, at: path + "/effective_at")
            case "recorded_at": reader.instant(value, into: &recordedAt, at: path + "/recorded_at")
            case "cause" where value == .null: cause = nil
            case "cause": cause = readCause(&reader, value, at: path + "/cause")
            case "basis": basis = readBasis(&reader, value, at: path + "/basis")
            default: reader.failUnknown(name, at: "\(path)/\(pointerPart(name))", among: transitionNames)
            }
        }
        if let action, let from, let recordedAt = recordedAt ?? effectiveAt {
            return EventTransition(
                action: action, from: from, to: to ?? action.to, reason: reason, window: window,
                effectiveAt: effectiveAt ?? recordedAt, recordedAt: recordedAt,
                cause: cause.map { EventCause(event: $0.event, relation: $0.relation) }, basis: basis)
        }
        if reader.failureCount == before { reader.fail(path, .required, "must have an `action`, `from` and `effective_at`") }
        return nil
    }
}

extension JSONWriter {
    /// All slots; what is kept of them beside `window` only where there is more than that.
    mutating func schedule(_ event: Event.Draft, _ form: DocumentForm, _ fields: inout FieldCursor) {
        guard fields.next(), form.isWire || !event.formerSlots.isEmpty else { return }
        name("schedule")
        beginObject()
        name("slots")
        beginArray()
        for slot in event.slots {
            beginObject()
            window("window", slot.window, form)
            member("state", slot.state.rawValue, true)
            endObject()
        }
        endArray()
        endObject()
    }

    mutating func transitions(_ transitions: [EventTransition], _ captions: Captions, _ form: DocumentForm, _ fields: inout FieldCursor) {
        guard begins("transitions", transitions.isEmpty, &fields) else { return }
        for transition in transitions { self.transition(transition, captions, form) }
        endArray()
    }

    /// One move, as an object.
    mutating func transition(_ transition: EventTransition, _ captions: Captions, _ form: DocumentForm) {
        beginObject()
        member("action", transition.action.rawValue, true)
        member("from", transition.from.rawValue, true)
        member("to", transition.to.rawValue, true)
        member("reason", transition.reason, form.isWire)
        window("window", transition.window, form)
        name("effective_at")
        instant(transition.effectiveAt)
        name("recorded_at")
        instant(transition.recordedAt)
        if let cause = transition.cause {
            name("cause")
            beginObject()
            name("event")
            reference(cause.event, captions, form)
            member("relation", cause.relation.rawValue, true)
            endObject()
        } else {
            none("cause", form.isWire)
        }
        basis(transition.basis, captions, form)
        endObject()
    }
}

extension EventTransition {
    /// Whether it is another one as somebody sends it back who read it, or who says nothing of what it rests on.
    fileprivate func isTold(by known: EventTransition) -> Bool {
        bare == known.bare && (cause == nil || cause == known.cause) && (basis == nil || basis == known.basis)
    }
}
