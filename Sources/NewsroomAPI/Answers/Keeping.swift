internal import HTTP
internal import Newsroom
internal import Routing

/// Puts the kept answers before handlers of GET whose answers depend on nothing but the viewer, the target and the newsroom's edition.
///
/// A class, since it is in every such handler: to ask it costs one reference and not one for each of its parts.
final class Keeping: Sendable {
    /// A handler's answer to a viewer who takes it as it is, where that takes no waiting.
    typealias ImmediateAnswer = @Sendable (Request, PathParameters, Viewer) throws(Problem) -> Response?

    private let newsroom: any NewsroomStore
    private let access: Access
    private let coder: ContentCoder
    private let answers: KeptAnswers

    init(_ newsroom: any NewsroomStore, access: Access, coder: ContentCoder, byteCountMax: Int) {
        self.newsroom = newsroom
        self.access = access
        self.coder = coder
        answers = KeptAnswers(byteCountMax: byteCountMax)
    }

    /// - Parameters:
    ///   - streams: whether a request gets an answer that is not JSON in memory; it goes to the handler alone.
    ///   - makeAtOnce: the handler's answer to a client that takes it as it is, where that takes no waiting. It is kept when it is asked
    ///     for a second time.
    func callAsFunction(
        _ handler: @escaping Handler, unless streams: @escaping @Sendable (Request) -> Bool = { _ in false },
        atOnce makeAtOnce: @escaping ImmediateAnswer = { _, _, _ in nil }
    ) -> Answering {
        Answering(
            { [self] request, path throws(Problem) in
                if streams(request) { return try await handler(request, path) }
                let question = try question(of: request)
                // Before the reading: a commit in between makes the answer newer than its edition, which does no harm.
                let edition = newsroom.edition
                let response = await coder.coded(try await handler(request, path), as: question.coding).prepared()
                if let answer = KeptAnswer(response, to: question) { answers.keep(answer, to: question, in: edition) }
                return try response.conditional(for: request)
            },
            atOnce: { [self] request, path throws(Problem) in
                if streams(request) { return nil }
                let question = try question(of: request)
                let edition = newsroom.edition
                let found = answers.find(question, in: edition)
                if case .answer(let answer) = found { return try answer.shown(to: request) }
                guard question.coding == .identity, let response = try makeAtOnce(request, path, question.viewer) else { return nil }
                if case .asked = found, let answer = KeptAnswer(response.prepared(), to: question) {
                    answers.keep(answer, to: question, in: edition)
                }
                return try response.conditional(for: request)
            })
    }

    private func question(of request: Request) throws(Problem) -> KeptAnswers.Question {
        let viewer = try access.viewer(of: request)
        try request.checkAcceptsJSON()
        return KeptAnswers.Question(viewer: viewer, target: request.head.target, coding: try request.acceptedCoding())
    }
}
