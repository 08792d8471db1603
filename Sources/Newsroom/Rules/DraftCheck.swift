/// Checks the members of one draft, brings their texts into shape, and collects what fails.
struct DraftCheck {
    private(set) var failures: [MemberFailure] = []

    mutating func fail(_ path: String, _ rule: MemberFailure.Rule, _ message: String) {
        guard failures.count < MemberFailure.countMax else { return }
        failures.append(MemberFailure(path: path, rule: rule, message: message))
    }

    /// A text that must be there and not be blank.
    mutating func required(_ text: inout String, _ rule: TextRule, at path: @autoclosure () -> String) {
        shape(&text, rule, at: path)
        if TextScan.isBlank(text) {
            fail(path(), .required, "must be given and must not be blank")
        }
    }

    /// A text that may be missing; a blank one is missing.
    mutating func optional(_ text: inout String?, _ rule: TextRule, at path: @autoclosure () -> String) {
        guard var value = text else { return }
        shape(&value, rule, at: path)
        text = TextScan.isBlank(value) ? nil : value
    }

    /// A text that may be empty.
    mutating func text(_ text: inout String, _ rule: TextRule, at path: @autoclosure () -> String) {
        shape(&text, rule, at: path)
    }

    /// Texts in order, each once; a blank one fails, one that was there before goes.
    mutating func list(_ texts: inout [String], _ rule: TextRule, countMax: Int, at path: String) {
        guard !texts.isEmpty else { return }
        count(texts.count, countMax, at: path)
        for index in texts.indices { required(&texts[index], rule, at: "\(path)/\(index)") }
        keepFirst(of: &texts)
    }

    mutating func count(_ count: Int, _ countMax: Int, at path: String) {
        if count > countMax { fail(path, .tooMany, "may hold \(countMax) at most, not \(count)") }
    }

    /// References in order, each target once in each part: files of the wire name the same one twice, and mean no more by it.
    mutating func references<R>(_ references: inout [RoleReference<R>], at path: String) {
        guard !references.isEmpty else { return }
        count(references.count, CountRule.references, at: path)
        for index in references.indices where references[index].role != nil {
            optional(&references[index].role, .referenceRole, at: "\(path)/\(index)/role")
        }
        keepFirst(of: &references)
    }

    /// What was there before, byte for byte, goes.
    func keepFirst<Item: Hashable & ByteComparable>(of items: inout [Item]) {
        guard items.count > 1 else { return }
        var seen: Set<Item> = []
        var kept: [Item] = []
        for item in items where seen.insert(item).inserted || !kept.contains(where: item.isIdentical) { kept.append(item) }
        items = kept
    }

    /// Dates of which the first must not be after the last.
    mutating func order(_ from: PartialDate?, _ to: PartialDate?, at path: @autoclosure () -> String) {
        guard let from, let to, from.earliestDay > to.latestDay else { return }
        fail(path() + "/to", .outOfRange, "must not be before `from`")
    }

    private mutating func shape(_ text: inout String, _ rule: TextRule, at path: () -> String) {
        let found = TextScan(text.utf8.span)
        if found.hasControl {
            fail(path(), .invalidValue, "must not hold control characters")
        }
        if rule.isLine && found.needsShapingAsLine {
            text = TextScan.line(text)
        }
        if text.utf8.count > rule.lengthMax && text.unicodeScalars.count > rule.lengthMax {
            fail(path(), .tooLong, "may have \(rule.lengthMax) characters at most")
        }
    }
}
