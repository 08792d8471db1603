import Glibc
import JSON
import Locks
import Newsroom
import Storage
import Testing

@testable import Webhooks

/// A store of its own with webhooks, without a server before it; its clock goes on by a second whenever it is looked at.
final class House: Sendable {
    let newsroom: any NewsroomStore
    let folder: Folder
    private let clock = Lock<Int64>(1_711_540_800_000)

    init() throws {
        folder = try Folder()
        newsroom = try House.open(folder)
    }

    private static func open(_ folder: Folder) throws -> any NewsroomStore {
        let start = Lock<Int64>(1_711_540_800_000)
        let options = SQLiteNewsroomStore.Options(
            path: "\(folder.path)/newsroom.db", readerCount: 2, longQueryCount: 1, queryWithin: .seconds(600), synchronous: .normal)
        return try SQLiteNewsroomStore.open(
            options,
            now: {
                start.withLock { milliseconds in
                    milliseconds += 1
                    return Instant(milliseconds: milliseconds)
                }
            })
    }

    var now: Instant {
        clock.withLock { milliseconds in
            milliseconds += 1_000
            return Instant(milliseconds: milliseconds)
        }
    }

    func webhook(_ change: (inout Webhook.Draft) -> Void = { _ in }) async throws -> Webhook {
        var draft = Webhook.Draft(url: WebURL("https://desk.example/changes"), audience: .newsroom)
        change(&draft)
        let secret = try #require(WebhookSecret(bytes: [UInt8](repeating: 7, count: 32)))
        return try await newsroom.webhooks.create(Proposal(draft), secret: secret, by: House.editor)
    }

    @discardableResult
    func person(_ name: String) async throws -> Person {
        var draft = Person.Draft()
        draft.name = name
        return try await newsroom.people.create(Proposal(draft), by: House.editor)
    }

    /// Delivers by a transport for the time of `body`.
    func whileSending(
        by transport: any WebhookTransport, _ rules: WebhookRules = .quick, _ body: () async throws -> Void
    ) async throws {
        let sender = WebhookSender(newsroom, transport: transport, rules: rules, now: { [self] in now }, report: { Issue.record("\($0)") })
        sender.start()
        do {
            try await body()
            await sender.stop()
        } catch {
            await sender.stop()
            throw error
        }
    }

    func deliveries(of webhook: Webhook) async throws -> [WebhookDelivery] {
        try await newsroom.webhooks.deliveries(of: webhook.id, before: nil, limit: 200).deliveries.reversed()
    }

    static let editor = Actor(name: "editor")
}

extension WebhookRules {
    /// No wait is longer than a clock that goes on by seconds takes.
    static let quick: WebhookRules = {
        var rules = WebhookRules()
        (rules.firstDelay, rules.delayMax, rules.delayMin) = (10, 10, 1)
        return rules
    }()
}

/// A receiver that is no other machine: it answers what the test says, and keeps what it got.
final class Script: WebhookTransport {
    private let kept = Lock<[SignedMessage]>([])
    private let answer: @Sendable (SignedMessage, Int) async throws(CancellationError) -> WebhookAnswer

    /// - Parameter answer: gets the message and how many came before.
    init(_ answer: @escaping @Sendable (SignedMessage, Int) async throws(CancellationError) -> WebhookAnswer = { _, _ in .ok }) {
        self.answer = answer
    }

    var messages: [SignedMessage] { kept.withLock { $0 } }
    var ids: [String] { messages.map { String($0.id.split(separator: "-").last ?? "") } }

    func send(_ message: SignedMessage, to url: WebURL) async throws(CancellationError) -> WebhookAnswer {
        let count = kept.withLock { messages in
            messages.append(message)
            return messages.count - 1
        }
        return try await answer(message, count)
    }
}

extension WebhookAnswer {
    static let ok = WebhookAnswer.status(204, response: [], retryAfter: nil)

    static func status(_ status: Int) -> WebhookAnswer { .status(status, response: Array("no".utf8), retryAfter: nil) }
}

/// A folder of one test's own, removed with what is in it.
final class Folder: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/dateline-webhooks-XXXXXX".utf8CString)
        let isMade = template.withUnsafeMutableBufferPointer { buffer in buffer.baseAddress.map { mkdtemp($0) != nil } ?? false }
        try #require(isMade, "mkdtemp: errno \(errno)")
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        for name in ["newsroom.db", "newsroom.db-wal", "newsroom.db-shm", "newsroom.db-lock"] { remove("\(path)/\(name)") }
        rmdir(path)
    }
}

/// Lends a house, and closes its store.
func withHouse(_ body: (House) async throws -> Void) async throws {
    let house = try House()
    do {
        try await body(house)
        await house.newsroom.close()
    } catch {
        await house.newsroom.close()
        throw error
    }
}
