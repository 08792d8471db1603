import JSON
import Newsroom

extension RecordedResolution {
    private static let names = ["type", "id", "about", "property", "value", "how", "basis", "by", "resolved_at", "settled"]

    /// Reads a record, with all that is wrong with it as far as it goes by itself.
    static func read(_ object: JSONObject) -> Result<RecordedResolution, ImportProblem> {
        var reader = DocumentReader(mode: .importRecord)
        var (id, about, property): (ResolutionID?, ID<Event>?, String?)
        var (value, how, actor, resolvedAt): (String?, String?, String?, Instant?)
        var (basis, settled): ([ID<Statement>], [SettledMember]) = ([], [])
        for (name, member) in object.members {
            switch name {
            case "type": break
            case "id": reader.parsed(member, into: &id, at: "/id", "an id: \(ResolutionID.prefix) and 26 characters") { ResolutionID($0) }
            case "about": reader.parsed(member, into: &about, at: "/about", "the id of an event") { ID<Event>($0) }
            case "property":
                reader.parsed(member, into: &property, at: "/property", "the name of what is claimed") { Claim.isProperty($0) ? $0 : nil }
            case "value": reader.text(member, into: &value, at: "/value")
            case "how": reader.text(member, into: &how, at: "/how")
            case "basis":
                reader.list(member, into: &basis, at: "/basis", countMax: CountRule.basis) { reader, value, path in
                    reader.statementID(value, at: path)
                }
            case "by": reader.text(member, into: &actor, at: "/by")
            case "resolved_at": reader.instant(member, into: &resolvedAt, at: "/resolved_at")
            case "settled":
                reader.list(member, into: &settled, at: "/settled", countMax: settledCountMax) { reader, value, path in
                    reader.settledMember(value, at: path)
                }
            default: reader.failUnknown(name, at: "/" + pointerPart(name), among: names)
            }
        }
        reader.require(id, at: "/id")
        reader.require(about, at: "/about")
        reader.require(property, at: "/property")
        reader.require(how, at: "/how")
        reader.require(actor, at: "/by")
        reader.require(resolvedAt, at: "/resolved_at")
        guard reader.failures.isEmpty, let id, let about, let property, let resolvedAt else {
            return .failure(.invalid(reader.failures))
        }
        let resolution = ConflictResolution(
            id: id, value: value, how: how, basis: basis.withoutRepeats, actor: actor, resolvedAt: resolvedAt,
            settled: Dictionary(settled.map { ($0.statement, $0.value) }) { first, _ in first })
        return .success(RecordedResolution(resolution, of: ConflictID(about: about, property: property)))
    }

    /// As many statements as are looked at on one question.
    private static let settledCountMax = 1_000
}

private struct SettledMember {
    let statement: ID<Statement>
    let value: String
}

extension [ID<Statement>] {
    fileprivate var withoutRepeats: [ID<Statement>] {
        var seen: Set<ID<Statement>> = []
        return filter { seen.insert($0).inserted }
    }
}

extension DocumentReader {
    fileprivate mutating func statementID(_ value: JSONValue, at path: String) -> ID<Statement>? {
        var id: ID<Statement>?
        parsed(value, into: &id, at: path, "the id of a statement") { ID<Statement>($0) }
        return id
    }

    fileprivate mutating func settledMember(_ value: JSONValue, at path: String) -> SettledMember? {
        guard let object = object(value, at: path) else { return nil }
        var (statement, claimed): (ID<Statement>?, String?)
        for (name, member) in object.members {
            switch name {
            case "statement": statement = statementID(member, at: path + "/statement")
            case "value": text(member, into: &claimed, at: path + "/value")
            default: failUnknown(name, at: "\(path)/\(pointerPart(name))", among: ["statement", "value"])
            }
        }
        require(claimed, at: path + "/value")
        guard let statement, let claimed else { return nil }
        return SettledMember(statement: statement, value: claimed)
    }
}
