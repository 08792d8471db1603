// What becomes of status, window, slots and transitions when an event is written as a whole.
extension Event.Draft {
    /// Settles the life of an event after what was there before.
    ///
    /// Whoever leaves slots and transitions out, or sends them as they were, keeps them; another status or another promised date is then
    /// a move by the table, like one of the actions. More transitions than there were are those of somebody who kept them: a move that was
    /// just made, or a record from another newsroom. None is ever taken away.
    mutating func settleLife(after previous: Event.Draft?, at now: Instant, _ check: inout DraftCheck) {
        guard let previous else { return checkLife(at: now, &check) }
        if transitions.count > previous.transitions.count, transitions.starts(with: previous.transitions, by: { $0.bare == $1.bare }) {
            guard formerSlots.starts(with: previous.formerSlots) else {
                return check.fail("/schedule", .readOnly, "must begin with the slots that are known")
            }
            return checkLife(at: now, &check)
        }
        guard transitions.isEmpty || transitions.elementsEqual(previous.transitions, by: { $0.bare == $1.bare }) else {
            return check.fail("/transitions", .readOnly, "must begin with those that are known: moves are made by actions")
        }
        guard formerSlots.isEmpty || formerSlots == previous.formerSlots else {
            return check.fail("/schedule", .readOnly, "is changed by actions: leave it out, or send it as it was read")
        }
        let (status, window) = (status, window)
        (self.status, self.window) = (previous.status, previous.window)
        formerSlots = previous.formerSlots
        if transitions.isEmpty { transitions = previous.transitions }
        follow(to: status, window, at: now, &check)
    }

    /// Goes from where it is to another status and window by a move, if that is one.
    private mutating func follow(to status: EventStatus, _ window: Window?, at now: Instant, _ check: inout DraftCheck) {
        let isNewDate = window?.edtf != self.window?.edtf
        guard status != self.status || (status == .scheduled && isNewDate && self.window != nil) else {
            self.window = window
            return
        }
        let action = status == self.status ? .reschedule : self.status.action(to: status)
        guard let action else { return check.fail("/status", .transition, refusal(of: status)) }
        var move = EventMove(action, window: action.window == .required || isNewDate ? window : nil)
        if action.window == .none, isNewDate { move.window = window }
        for failure in move.settle(at: now) { check.fail(failure.path, failure.rule, failure.message) }
        guard let moved = moved(by: move, at: now) else { return }
        self = moved
        // What is said of the date beside the date itself.
        if let window, window.edtf == self.window?.edtf { self.window = window }
    }

    private func refusal(of status: EventStatus) -> String {
        let allowed = self.status.actions.map(\.to).reduce(into: [EventStatus]()) { if !$0.contains($1) { $0.append($1) } }
        let only = allowed.isEmpty ? "nowhere else" : "only to " + allowed.map { "`\($0.rawValue)`" }.joined(separator: " or ")
        return "cannot go from `\(self.status.rawValue)` to `\(status.rawValue)`, \(only)"
    }

    /// Whether a life that somebody brings along is one that the table allows.
    private mutating func checkLife(at now: Instant, _ check: inout DraftCheck) {
        check.count(formerSlots.count, CountRule.slots, at: "/schedule/slots")
        check.count(transitions.count, CountRule.transitions, at: "/transitions")
        for index in formerSlots.indices {
            var window: Window? = formerSlots[index].window
            check.window(&window, at: "/schedule/slots/\(index)/window")
            if let window { formerSlots[index].window = window }
            if formerSlots[index].state == .current || formerSlots[index].state == .held {
                check.fail("/schedule/slots/\(index)/state", .invalidValue, "must be `superseded` or `cancelled`: it is not the last one")
            }
        }
        for index in transitions.indices { checkTransition(index, at: now, &check) }
        if let last = transitions.last, last.to != status {
            check.fail("/status", .transition, "must be `\(last.to.rawValue)`, to which the last of `transitions` leads")
        }
    }

    private mutating func checkTransition(_ index: Int, at now: Instant, _ check: inout DraftCheck) {
        let path = "/transitions/\(index)"
        check.optional(&transitions[index].reason, .reason, at: path + "/reason")
        check.window(&transitions[index].window, at: path + "/window")
        let transition = transitions[index]
        let before = index > 0 ? transitions[index - 1].to : transition.from
        if transition.from != before {
            check.fail(path + "/from", .transition, "must be `\(before.rawValue)`, to which the one before leads")
        }
        if !transition.action.from.contains(transition.from) || transition.action.to != transition.to {
            let move = "from `\(transition.from.rawValue)` to `\(transition.to.rawValue)`"
            check.fail(path + "/action", .transition, "does not lead \(move)")
        }
        for (name, instant) in [("effective_at", transition.effectiveAt), ("recorded_at", transition.recordedAt)] where instant > now {
            check.fail("\(path)/\(name)", .outOfRange, "must not lie in the future")
        }
    }
}

extension DraftCheck {
    /// The words of a window.
    mutating func window(_ window: inout Window?, at path: @autoclosure () -> String) {
        guard var read = window else { return }
        optional(&read.stated, .stated, at: path() + "/stated")
        if !read.edtf.isInOrder(in: read.rules) {
            fail(path() + "/edtf", .invalidValue, "begins after its end, counted by the clock of its `zone`")
        }
        window = read
    }
}
