internal import HTTP
internal import Newsroom
internal import Routing

/// Puts the kept answers before handlers of GET whose answers depend on nothing but the viewer, the target and the newsroom's edition.
struct Keeping: Sendable {
    private let newsroom: any NewsroomStore
    private let access: Access
    private let answers: KeptAnswers

    init(_ newsroom: any NewsroomStore, access: Access, byteCountMax: Int) {
        self.newsroom = newsroom
        self.access = access
        answers = KeptAnswers(byteCountMax: byteCountMax)
    }

    func callAsFunction(_ handler: @escaping Handler) -> Answering {
        Answering(
            { [self] request, path throws(Problem) in
                let question = try question(of: request)
                // Before the reading: a commit in between makes the answer newer than its edition, which does no harm.
                let edition = newsroom.edition
                let response = try await handler(request, path).prepared()
                if let answer = KeptAnswer(response, to: question) { answers.keep(answer, to: question, in: edition) }
                return response
            },
            atOnce: { [self] request, _ throws(Problem) in
                let question = try question(of: request)
                return try answers.answer(to: question, in: newsroom.edition)?.shown(to: request)
            })
    }

    private func question(of request: Request) throws(Problem) -> KeptAnswers.Question {
        let question = KeptAnswers.Question(viewer: try access.viewer(of: request), target: request.target)
        try request.checkAcceptsJSON()
        return question
    }
}
