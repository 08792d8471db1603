import HTTP
import HTTPTypes
import JSON
import Newsroom
import Routing
import Testing
import Turns

@testable import NewsroomAPI

/// Every exit × every state of an article × everybody who may ask. The exits are the routes of the router: one that is not in the table
/// of exits fails the test.
@Suite(.inTurn) struct VisibilityMatrixTests {
    private typealias State = VisibilityWorld.State
    private typealias Asker = VisibilityWorld.Asker

    @Test func `no exit tells anybody what they may not see, and each tells what they may`() async throws {
        let world = try await VisibilityWorld()
        let exits = try await Exits(world)
        for route in world.desk.api.routes where route.method == .get {
            let pattern = "\(route.pattern)"
            guard let exit = exits.exit(pattern) else {
                Issue.record("\(pattern) is not in the table of exits")
                continue
            }
            #expect(!exit.targets.isEmpty, "\(pattern)")
            for asker in Asker.allCases { try await check(exit, of: pattern, as: asker, in: world) }
        }
    }

    private func check(_ exit: Exits.Exit, of pattern: String, as asker: Asker, in world: VisibilityWorld) async throws {
        var told: Set<State> = []
        for target in exit.targets {
            let answer = try await world.desk.send("GET \(target)", asker.fields)
            #expect(
                [200, 401, 403, 404, 410].contains(answer.status), "\(target) as \(asker): \(answer.status) \(answer.text.prefix(300))")
            let head = try await world.desk.send("HEAD \(target)", asker.fields)
            #expect(head.status == answer.status && head[.eTag] == answer[.eTag], "HEAD \(target) as \(asker)")
            let text = said(in: answer, to: target)
            for state in State.allCases {
                let mayBeTold =
                    asker.maySee(state) || (state == .deleted && asker != .anonymous && exit.telling.isOfThePast)
                    || (exit.telling.isOfChanges && state.wasPublic)
                let asksForIt = target.contains(state.word) || (world.ids[state] ?? []).contains { target.contains($0) }
                let sign = exit.telling.isOfChanges ? world.articles[state] ?? "" : state.word
                if answer.status == 200, text.contains(sign) { told.insert(state) }
                guard !mayBeTold else { continue }
                // Whoever gives a word is given it back with what it was understood as.
                let isTold = (!asksForIt && text.contains(state.word)) || (world.ids[state] ?? []).contains { text.contains($0) }
                #expect(!isTold, "\(target) tells \(asker) of what is \(state): \(text.prefix(500))")
                if asksForIt, answer.status == 200 { check(answer, isEmptyFor: target, asker) }
            }
        }
        let expected = exit.telling.states(for: asker)
        #expect(told.isSuperset(of: expected), "\(pattern) does not tell \(asker) of \(expected.subtracting(told))")
    }

    /// All of an answer, but for what it says again of the request.
    private func said(in answer: Answer, to target: String) -> String {
        let fields = answer.fields.filter { $0.name != .link }.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
        let path = target.split(separator: "?").first.map(String.init) ?? target
        return (fields + "\n" + answer.text).replacing(path, with: "")
    }

    /// A list or search for what may not be seen is one for what is not there: no count, no facet tells that it is.
    private func check(_ answer: Answer, isEmptyFor target: String, _ asker: Asker) {
        guard target.contains("count=exact") || target.contains("/search?") else { return }
        #expect(answer["data"] == [], "\(target) as \(asker): \(answer.text.prefix(300))")
        if let total = answer["page", "total", "value"] ?? answer["total", "value"] { #expect(total == 0, "\(target) as \(asker)") }
    }
}

extension VisibilityWorld.State {
    /// Whether everybody could see it for a while.
    fileprivate var wasPublic: Bool { self == .published || self == .retracted || self == .deleted }
}

extension Exits.Telling {
    fileprivate var isOfThePast: Bool {
        switch self {
        case .past, .traces, .changes: true
        case .nothing, .all, .allToNewsroom, .corrections: false
        }
    }

    fileprivate var isOfChanges: Bool { if case .changes = self { true } else { false } }

    /// What somebody must have been told of, or the exit shows nothing at all and the test of it says nothing.
    fileprivate func states(for asker: VisibilityWorld.Asker) -> Set<VisibilityWorld.State> {
        let seen = Set(VisibilityWorld.State.allCases.filter(asker.maySee))
        return switch self {
        case .nothing, .traces: []
        case .all, .past: seen
        case .changes: seen.union([.published, .retracted, .deleted])
        case .allToNewsroom: asker == .anonymous ? [] : asker == .editor ? [.published] : []
        case .corrections: seen.intersection([.published, .retracted])
        }
    }
}
