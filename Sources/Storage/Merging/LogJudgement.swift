import Newsroom

/// What a row of the log is a part of, where it is one: a merge, its undoing, or a judgement that two are different.
struct LogJudgement: Sendable, Equatable {
    enum Verdict: String, Sendable {
        case merged, split, different, undecided
    }

    let verdict: Verdict
    /// The id of what was merged, or of what something was judged different from.
    let from: String
    /// The id of the survivor, or of what was judged.
    let into: String

    init<R: Resource>(_ verdict: Verdict, from: ID<R>, into: ID<R>) {
        (self.verdict, self.from, self.into) = (verdict, from.text, into.text)
    }

    /// Whether it makes this the survivor of a merge.
    func isMerge(into id: String) -> Bool { verdict == .merged && into == id }

    /// What the log says of it in words.
    func note(_ reason: String?) -> String {
        let words =
            switch verdict {
            case .merged: "merged \(from) into \(into)"
            case .split: "split \(from) from \(into)"
            case .different: "judged different from \(from)"
            case .undecided: "no longer judged different from \(from)"
            }
        return words + (reason.map { ": \($0)" } ?? "")
    }
}
