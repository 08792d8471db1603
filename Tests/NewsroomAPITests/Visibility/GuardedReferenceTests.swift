import JSON
import Newsroom
import Testing
import Turns

@testable import NewsroomAPI

/// A statement may put right one that is hidden. A filter by what it corrects finds it just as it is shown: as one that corrects nothing.
@Suite(.inTurn) struct GuardedReferenceTests {
    private typealias Asker = VisibilityWorld.Asker

    @Test func `a filter by what a statement corrects knows no more than the statement shows`() async throws {
        let world = try await VisibilityWorld()
        let corrections = (world.statements[.published] ?? []).suffix(3)
        // What these were is among past versions now. That of the embargoed one is as it was.
        for correction in [corrections.first, corrections.last] {
            let id = try #require(correction)
            #expect(try await world.desk.write("PATCH /v1/statements/\(id)", #"{"manner":"wrote"}"#).status == 200)
        }
        #expect(try await check(world) > 0)
        // The embargo is over.
        world.desk.clock.move(to: Instant(milliseconds: Desk.noon.milliseconds + 48 * 3_600_000))
        #expect(try await check(world) > 0)
    }

    /// Asks whatever can be asked. How many corrections an editor is told of, and not everybody: without one, nothing was hidden.
    private func check(_ world: VisibilityWorld) async throws -> Int {
        let all = world.statements.values.flatMap { $0 }.sorted()
        var toldCounts: [Asker: Int] = [:]
        for asker in Asker.allCases {
            for question in ["", "&q=xqpublished", "&manner__in=denied,wrote", "&as_of=\(VisibilityWorld.past)"] {
                let shown = try await corrected(question, as: asker, in: world)
                #expect(shown.count > 1, "\(question) shows \(asker) nothing")
                toldCounts[asker, default: 0] += shown.values.filter { $0 != nil }.count
                for id in all {
                    try await expect(shown.filter { $0.value == id }, by: "corrects=\(id)" + question, as: asker, in: world)
                    try await expect(shown.filter { $0.value == id }, by: "corrects__in=\(id)" + question, as: asker, in: world)
                    try await expect(shown.filter { $0.value != id }, by: "corrects__ne=\(id)" + question, as: asker, in: world)
                }
                try await expect(shown.filter { $0.value != nil }, by: "corrects__isnull=false" + question, as: asker, in: world)
                try await expect(shown.filter { $0.value == nil }, by: "corrects__isnull=true" + question, as: asker, in: world)
            }
        }
        return toldCounts[.editor, default: 0] - toldCounts[.anonymous, default: 0]
    }

    /// The statements that a question finds, with what each is shown to correct.
    private func corrected(_ question: String, as asker: Asker, in world: VisibilityWorld) async throws -> [String: String?] {
        let answer = try await world.desk.send("GET /v1/statements?limit=200&count=exact\(question)", asker.fields)
        try #require(answer.status == 200, "\(question): \(answer.text)")
        guard case .array(let statements)? = answer["data"] else { return [:] }
        var corrected: [String: String?] = [:]
        for statement in statements {
            guard case .string(let id)? = statement["id"] else { continue }
            if case .string(let target)? = statement["corrects"]?["id"] { corrected[id] = target } else { corrected[id] = .some(nil) }
        }
        #expect(answer["page", "total", "value"] == .integer(Int64(corrected.count)), "\(question) as \(asker)")
        return corrected
    }

    private func expect(_ expected: [String: String?], by question: String, as asker: Asker, in world: VisibilityWorld) async throws {
        let found = try await corrected("&" + question, as: asker, in: world)
        #expect(found == expected, "\(question) as \(asker)")
    }
}
