package import JSON
package import Newsroom

/// One record of an import: an object with the `type` of its resource, what names it elsewhere, and its members.
package enum ImportRecord {
    /// The row that the store is given; what it changes is read again over what is stored, in the transaction.
    package static func row(_ object: JSONObject) -> Result<ImportRow, ImportProblem> {
        switch type(of: object) {
        case .success(.resource(let kind)): row(object, of: kind)
        case .success(.sourceNote): SourceNote.read(object).map { .sourceNote($0) }
        case .success(.conflictResolution): RecordedResolution.read(object).map { .resolution($0) }
        case .success(.reviewMark): RecordedReview.read(object).map { .review($0) }
        case .failure(let problem): .failure(problem)
        }
    }

    private static func row(_ object: JSONObject, of kind: Kind) -> Result<ImportRow, ImportProblem> {
        switch kind {
        case .article: entry(of: object, as: ArticleDocument.self).map { .article($0) }
        case .person: entry(of: object, as: PersonDocument.self).map { .person($0) }
        case .organization: entry(of: object, as: OrganizationDocument.self).map { .organization($0) }
        case .event: entry(of: object, as: EventDocument.self).map { .event($0) }
        case .statement: entry(of: object, as: StatementDocument.self).map { .statement($0) }
        }
    }

    static func type(of object: JSONObject) -> Result<RecordType, ImportProblem> {
        guard let value = object["type"] else {
            return .failure(.invalid([MemberFailure(path: "/type", rule: .required, message: "must name the kind: \(types)")]))
        }
        guard case .string(let text) = value else {
            return .failure(.invalid([MemberFailure(path: "/type", rule: .wrongType, message: "must be a string: \(types)")]))
        }
        guard let type = RecordType(rawValue: text) else {
            let isArticleType = ArticleType(rawValue: text) != nil
            let nearest = Nearest.name(to: text, in: RecordType.allCases.map(\.rawValue)).map { ", did you mean `\($0)`?" } ?? ""
            let hint = isArticleType ? "; an article's own type is `article_type`" : nearest
            return .failure(.invalid([MemberFailure(path: "/type", rule: .invalidValue, message: "must be one of \(types)\(hint)")]))
        }
        return .success(type)
    }

    private static let types = RecordType.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")

    private static func entry<D: ResourceDocument>(
        of object: JSONObject, as document: D.Type
    ) -> Result<ImportEntry<D.R>, ImportProblem> {
        var reader = DocumentReader(mode: .importRecord)
        var id: ID<D.R>?
        var externalID: ExternalID?
        var externalIDs = ExternalIDs()
        var judgements = ImportJudgements<D.R>()
        for (name, value) in object.members {
            if judgements.read(name, value, &reader) { continue }
            switch name {
            case "id": reader.parsed(value, into: &id, at: "/id", "an id") { ID($0) }
            case "external_id": reader.externalID(value, into: &externalID, at: "/external_id")
            case "external_ids": reader.externalIDs(value, into: &externalIDs)
            default: break
            }
        }
        if let externalID { externalIDs[externalID.source] = externalID.value }
        let isNamed = id != nil || !externalIDs.bySource.isEmpty
        let object = judgements.rest(of: object)
        guard reader.failures.isEmpty, isNamed else {
            var failures = D.read(object, as: .importRecord).failures + judgements.failures(among: reader.failures)
            if reader.failures.isEmpty {
                let message = "must be given as source:id, or the record would be added anew each time"
                failures.append(MemberFailure(path: "/external_id", rule: .required, message: message))
            }
            return .failure(.invalid(failures))
        }
        return .success(
            ImportEntry(
                id: id, externalIDs: externalIDs, mergedInto: judgements.mergedInto, differentFrom: judgements.differentFrom
            ) { stored in D.read(object, over: stored, as: .importRecord) })
    }
}

/// Why a row was not imported.
package struct ImportProblem: Error, Sendable, Equatable {
    /// As in `docs/errors.md`.
    package let code: String
    package let message: String
    package let failures: [MemberFailure]

    init(code: String, message: String, failures: [MemberFailure] = []) {
        self.code = code
        self.message = message
        self.failures = failures
    }

    static func invalid(_ failures: [MemberFailure]) -> ImportProblem {
        let count = failures.count == 1 ? "1 member fails" : "\(failures.count) members fail"
        return ImportProblem(code: "validation_failed", message: count, failures: failures)
    }

    /// What the store refused a row for.
    package init(_ error: StoreError) {
        switch error {
        case .invalid(let failure): self = .invalid(failure.failures)
        case .conflict(let failures):
            self.init(code: "conflict", message: "a value that must be unique is taken", failures: failures)
        case .gone: self.init(code: "gone", message: "it was deleted")
        case .notFound: self.init(code: "not_found", message: "there is no such resource")
        case .staleVersion(let current): self.init(code: "stale_version", message: "the stored version is \(current)")
        case .inUse(let kind, let count): self.init(code: "in_use", message: "\(count) of kind \(kind.rawValue) refer to it")
        case .moveNotAllowed(let status, _): self.init(code: "move_not_allowed", message: "not where the status is \(status)")
        case .merged(let survivor): self.init(code: "merged", message: "it was merged into \(survivor)")
        case .mergeRefused(let failures):
            self.init(code: "merge_refused", message: "the two cannot be made one, or told apart, as they are", failures: failures)
        case .invalidQuery(let member, let message): self.init(code: "invalid_parameter", message: "\(member) \(message)")
        case .aheadOfTime: self.init(code: "invalid_parameter", message: "it is asked for as of the future")
        case .keyReused: self.init(code: "idempotency_key_reused", message: "the key belongs to another request")
        case .keysFull: self.init(code: "idempotency_keys_full", message: "there is no room for another key's answer")
        case .queueFull: self.init(code: "write_queue_full", message: "too much is being written")
        case .locked: self.init(code: "database_locked", message: "another process holds the database")
        case .overloaded: self.init(code: "overloaded", message: "too much is asked at once")
        case .deadline: self.init(code: "query_deadline", message: "it took too long")
        case .diskFull: self.init(code: "disk_full", message: "there is no room on the disk")
        case .unavailable: self.init(code: "unavailable", message: "the store takes no writes")
        }
    }
}
