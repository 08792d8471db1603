internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Newsroom
internal import Routing

/// `POST /v1/batch`: several writes in one transaction, all of them or none.
///
/// Each operation goes through what the route of its path is: the same reading, rules, access and errors as a request of its own.
struct BatchHandlers: Sendable {
    let context: HandlerContext
    /// The routes that operations may name; those alone that have something to write are taken.
    let routes: Router

    /// 200 with a result for each operation; where one fails, its own problem, which says at which operation nothing was kept.
    func run(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        let writer = try context.access.writerOfSome(of: request)
        let batch = try BatchRequest(of: request)
        try request.checkIsUnconditional()
        let (object, body) = try await request.documentWithBody(as: [.json], limits: context.limits)
        let steps = try steps(BatchReader.read(object, countMax: context.limits.batchOperationCountMax), of: batch)
        let byteCountMax = context.limits.pageByteCountMax
        let receipt = try request.idempotencyKey(with: body).map { key in
            ReceiptTerms<[BatchResult]>(key: key) { Receipt(batch.answer($0)) }
        }
        let terms = TransactionTerms(isRehearsal: batch.preferences.isRehearsal, receipt: receipt)
        let outcome: Result<Transacted<[BatchResult]>, BatchFailure>
        do throws(StoreError) {
            outcome = try await context.newsroom.transaction(by: writer, on: terms) { transaction throws(BatchFailure) in
                try BatchHandlers.perform(steps, in: transaction, bodyByteCountMax: byteCountMax)
            }
        } catch {
            throw context.problem(error, request)
        }
        switch outcome {
        case .success(.answer(let results)): return batch.answer(results)
        case .success(.receipt(let receipt, let isRepeated)): return Response(receipt, isRepeated: isRepeated)
        case .failure(let failure):
            throw failure.problem(among: steps.count, context.problem(failure.error, request).below("/body"))
        }
    }

    private static func perform(
        _ steps: [BatchStep], in transaction: any NewsroomTransaction, bodyByteCountMax: Int
    ) throws(BatchFailure) -> [BatchResult] {
        var results: [BatchResult] = []
        results.reserveCapacity(steps.count)
        var byteCount = 0
        for (index, step) in steps.enumerated() {
            do throws(StoreError) {
                var result = BatchResult(try step(transaction))
                byteCount += result.body?.count ?? 0
                // Nor are they held in memory.
                if byteCount > bodyByteCountMax { result.leaveBodyOut() }
                results.append(result)
            } catch {
                throw BatchFailure(index: index, error: error)
            }
        }
        return results
    }

    /// All operations, ready to be done. What is wrong with one that can be told without the store is told before anything is done.
    private func steps(_ operations: [BatchOperation], of batch: BatchRequest) throws(Problem) -> [BatchStep] {
        var steps: [BatchStep] = []
        for (index, operation) in operations.enumerated() {
            do throws(Problem) {
                steps.append(try step(operation, of: batch))
            } catch {
                throw error.ofOperation(index, doneBefore: 0, among: operations.count)
            }
        }
        return steps
    }

    private func step(_ operation: BatchOperation, of batch: BatchRequest) throws(Problem) -> BatchStep {
        switch routes.find(operation.method, operation.target) {
        case .nothing: throw operation.refusal("/path", .invalidValue, "leads to nothing")
        case .otherMethods(let allow): throw operation.refusal("/method", .invalidValue, "is none that the path has: \(allow)")
        case .route(let answering, let pattern, let path):
            guard let writing = answering.companion as? any BatchWriting else {
                throw operation.refusal("/path", .invalidValue, "cannot be a part of a batch: \(pattern) has to be asked for by itself")
            }
            return try writing.prepare(operation, path, of: batch)
        }
    }
}

/// A route whose write can be a part of a batch.
protocol BatchWriting: Sendable {
    /// Reads an operation as a request of its own would be read.
    ///
    /// - Throws: what that request would be refused with; paths of `errors` begin within the operation.
    func prepare(_ operation: BatchOperation, _ path: PathParameters, of batch: BatchRequest) throws(Problem) -> BatchStep
}

/// An operation that is read: it is done in the batch's transaction, and gives the answer that it would get alone. It must be quick.
typealias BatchStep = @Sendable (any NewsroomTransaction) throws(StoreError) -> Response

/// Why a batch is not kept.
struct BatchFailure: Error {
    /// Of the operation that failed, from 0.
    let index: Int
    let error: StoreError

    func problem(among count: Int, _ problem: Problem) -> Problem { problem.ofOperation(index, doneBefore: index, among: count) }
}
