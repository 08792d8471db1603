internal import HTTP
internal import JSON
internal import Newsroom
internal import Routing

extension Writing: BatchWriting {
    func prepare(_ operation: BatchOperation, _ path: PathParameters, of batch: BatchRequest) throws(Problem) -> BatchStep {
        let writer = try context.access.writer(of: batch.request, of: Document.R.kind)
        let wishes = WriteWishes<Document>(preferences: batch.preferences)
        let object = try sent(by: operation)
        var target: WriteTarget<Document.R>?
        if case .changing = reading {
            target = WriteTarget(key: try path.key(of: Document.self), precondition: try operation.precondition())
        } else {
            try operation.checkIsUnconditional()
        }
        let write: ResourceWrite<Document.R>
        do throws(Problem) {
            write = try self.write(target, object)
        } catch {
            throw error.below("/body")
        }
        return { transaction throws(StoreError) in
            shown(try Document.perform(write, in: transaction, by: writer), by: wishes)
        }
    }

    private func sent(by operation: BatchOperation) throws(Problem) -> JSONObject {
        switch (content, operation.body) {
        case (.nothing, nil), (.action, nil): return JSONObject([])
        case (.nothing, _?): throw operation.refusal("/body", .unknownMember, "has no meaning here: leave it out")
        case (.document, nil): throw operation.refusal("/body", .required, "must be given: the JSON object to write")
        case (_, .object(let object)?): return object
        case (_, _?): throw operation.refusal("/body", .wrongType, "must be a JSON object")
        }
    }
}
