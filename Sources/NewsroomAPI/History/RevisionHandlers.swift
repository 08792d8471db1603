internal import Documents
internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Newsroom
internal import Routing

/// What answers for the past of one kind of resource: its revisions, each of them, and bringing one back.
struct RevisionHandlers<Document: ServedDocument>: Sendable {
    let context: HandlerContext

    func list(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        let viewer = try context.access.viewer(of: request)
        let key = try path.key(of: Document.self)
        let asked = try RevisionListParameters(of: request, context.limits)
        let page = try await shelf(for: request).revisions(of: key, asked.query, as: viewer)
        return RevisionAnswer<Document>(viewer: viewer, isPretty: asked.isPretty).list(page, asked)
    }

    func show(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        let viewer = try context.access.viewer(of: request)
        let key = try path.key(of: Document.self)
        let asked = try RevisionParameters(of: request)
        guard let version = RevisionParameters.version(path["version"]) else { throw Problem(StoreError.notFound) }
        let answer = RevisionAnswer<Document>(viewer: viewer, isPretty: asked.isPretty)
        guard let base = asked.base else {
            guard let shown = try await shelf(for: request).versions([version], of: key, as: viewer)[0] else {
                throw Problem(StoreError.notFound)
            }
            return answer.version(shown)
        }
        let versions = try await shelf(for: request).versions([base, version], of: key, as: viewer)
        guard let shown = versions[1] else { throw Problem(StoreError.notFound) }
        guard let old = versions[0] else { throw RevisionParameters.unknownBase }
        return answer.difference(from: old, to: shown)
    }

    var restore: Writing<Document> {
        Writing(
            context, .document([.json]), answering: .changed,
            .changing { target, object throws(Problem) in
                .restore(target.key, try Restoration(reading: object), if: target.precondition)
            })
    }

    private func shelf(for request: Request) -> Shelf<Document.R> { context.shelf(of: Document.self, for: request) }
}

extension Restoration {
    /// From `{"version": 3, "note": "…"}`.
    ///
    /// - Throws: 400 `unknown_member`, 422 `validation_failed`, with all that is wrong.
    init(reading object: JSONObject) throws(Problem) {
        var failures: [MemberFailure] = []
        var version: Int?
        var note: String?
        for (name, value) in object.members {
            switch (name, value) {
            case ("version", .integer(let number)) where number >= 1: version = Int(number)
            case ("version", _):
                failures.append(MemberFailure(path: "/version", rule: .wrongType, message: "must be the number of a version: 1, 2, 3 …"))
            case ("note", .null): break
            case ("note", .string(let text)):
                note = text
                let isLine = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
                if !isLine || text.isEmpty {
                    failures.append(MemberFailure(path: "/note", rule: .invalidValue, message: "must be a text of one line"))
                }
                if text.unicodeScalars.count > Restoration.noteLengthMax {
                    let message = "may have \(Restoration.noteLengthMax) characters at most"
                    failures.append(MemberFailure(path: "/note", rule: .tooLong, message: message))
                }
            case ("note", _): failures.append(MemberFailure(path: "/note", rule: .wrongType, message: "must be a text"))
            default:
                let message = "does not exist here; there are `version` and `note`"
                failures.append(MemberFailure(path: "/" + name, rule: .unknownMember, message: message))
            }
        }
        if version == nil, !failures.contains(where: { $0.path == "/version" }) {
            failures.append(MemberFailure(path: "/version", rule: .required, message: "must be given: the version to bring back"))
        }
        guard failures.isEmpty, let version else { throw .invalid(failures) }
        self.init(version: version, note: note)
    }

    private static var noteLengthMax: Int { 500 }
}
