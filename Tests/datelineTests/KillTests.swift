import Dispatch
import Glibc
import JSON
import Locks
import Testing
import Turns

/// SIGKILL in the middle of writes, again and again: `DATELINE_KILL_COUNT` times, 10 unless it says otherwise.
@Suite(.inTurn, .serialized, .ownThread, .timeLimit(.minutes(120))) struct KillTests {
    private static let killCount = getenv("DATELINE_KILL_COUNT").flatMap { Int(String(cString: $0)) } ?? 10
    private static let writerCount = 8

    @Test func `what was answered before a SIGKILL is there as it was answered, and nothing is half there`() throws {
        let folder = try TemporaryFolder()
        let ledger = Ledger()
        var (killed, answered) = (0, 0)
        var server = try RunningServer(in: folder, flags: ["--log-requests", "false"])
        for round in 0..<Self.killCount {
            let writers = DispatchGroup()
            for writer in 0..<Self.writerCount {
                let port = server.port
                startClient(in: writers) { Writer(name: "r\(round)-w\(writer)", port: port, ledger: ledger).run() }
            }
            // Another moment each time, counted in answers: no two runs of a clock are the same anyway.
            let wanted = answered + 10 + round * 37 % 150
            #expect(try eventually { ledger.answerCount >= wanted || ledger.idleWriterCount == Self.writerCount })
            server.program.signal(SIGKILL)
            #expect(try server.program.ending().status == 128 + Int(SIGKILL))
            writers.wait()
            ledger.idleWriterCount = 0
            (killed, answered) = (killed + 1, ledger.answerCount)

            let check = try Program.run(["check", "--database", "news.db"], in: folder)
            #expect(check == .init(status: 0, output: "news.db: sound\n", errors: ""), "after \(killed) kills")
            server = try RunningServer(in: folder, flags: ["--log-requests", "false"])
            try ledger.settle(with: server)
        }
        #expect(ledger.complaints == [])
        // All of them once more, those of the first rounds too.
        try ledger.compareAll(with: server)
        #expect(ledger.complaints == [])
        #expect(try server.stop().status == 0)
        #expect(folder.names == ["news.db"])
        #expect(try Program.run(["check", "--database", "news.db"], in: folder).status == 0)
        if Self.killCount > 10 { print("\(killed) kills, \(answered) answered writes, \(ledger.repeatedCount) repeated") }
    }
}

/// One client that writes until its server is gone.
private struct Writer {
    let name: String
    let port: Int
    let ledger: Ledger

    func run() {
        defer { ledger.idleWriterCount += 1 }
        guard let client = try? Client(port: port) else { return }
        for number in 0..<10_000 {
            guard let path = create(number, client) else { return }
            if number % 3 == 1, !patch(path, number, client) { return }
            if number % 7 == 2, !delete(path, client) { return }
        }
    }

    private func create(_ number: Int, _ client: Client) -> String? {
        let key = "\(name)-\(number)"
        let text = String(repeating: "\(key) ", count: number * 31 % 400)
        let body = """
            {"headline": "Article \(key)", "body": "\(text)", "status": "published", "tags": ["a", "\(name)"], "external_ids": {"kill": "\(key)"}}
            """
        guard let answer = send("POST", "/v1/articles", client, fields: ["Idempotency-Key: \(key)"], body: body) else {
            ledger.leaveOpen(.create(key: key, body: body))
            return nil
        }
        guard answer.status == 201, let path = answer.fields["location"] else {
            ledger.complain("\(key): \(answer.status) \(answer.body)")
            return nil
        }
        ledger.note(path, is: answer.body)
        return path
    }

    private func patch(_ path: String, _ number: Int, _ client: Client) -> Bool {
        let section = "section \(number)"
        guard let answer = send("PATCH", path, client, fields: ["If-Match: *"], body: #"{"section": "\#(section)"}"#) else {
            ledger.leaveOpen(.patch(path: path, section: section))
            return false
        }
        guard answer.status == 200 else {
            ledger.complain("PATCH \(path): \(answer.status) \(answer.body)")
            return false
        }
        ledger.note(path, is: answer.body)
        return true
    }

    private func delete(_ path: String, _ client: Client) -> Bool {
        guard let answer = send("DELETE", path, client, fields: ["If-Match: *"]) else {
            ledger.leaveOpen(.delete(path: path))
            return false
        }
        guard answer.status == 204 else {
            ledger.complain("DELETE \(path): \(answer.status) \(answer.body)")
            return false
        }
        ledger.note(path, is: nil)
        return true
    }

    /// Nil when the server is gone.
    private func send(_ method: String, _ target: String, _ client: Client, fields: [String], body: String? = nil) -> Client.Answer? {
        do {
            try client.send(Client.request(method, target, token: RunningServer.token, fields: fields, body: body))
            return try client.answer()
        } catch {
            return nil
        }
    }
}

/// What clients were answered, and what they were not.
private final class Ledger: Sendable {
    enum Attempt: Sendable {
        case create(key: String, body: String)
        case patch(path: String, section: String)
        case delete(path: String)
    }

    private struct State {
        /// What a resource was answered as; nil: it was deleted.
        var known: [String: String?] = [:]
        /// Those that were written since the last kill.
        var fresh: Set<String> = []
        var open: [Attempt] = []
        var complaints: [String] = []
        var answerCount = 0
        var repeatedCount = 0
        var idleWriterCount = 0
    }

    private let state = Lock(State())

    var answerCount: Int { state.withLock { $0.answerCount } }
    var repeatedCount: Int { state.withLock { $0.repeatedCount } }
    var complaints: [String] { state.withLock { Array($0.complaints.prefix(20)) } }
    var idleWriterCount: Int {
        get { state.withLock { $0.idleWriterCount } }
        set { state.withLock { $0.idleWriterCount = newValue } }
    }

    func note(_ path: String, is body: String?) {
        state.withLock {
            $0.known[path] = .some(body)
            $0.fresh.insert(path)
            $0.answerCount += 1
        }
    }

    func leaveOpen(_ attempt: Attempt) { state.withLock { $0.open.append(attempt) } }

    func complain(_ text: String) { state.withLock { $0.complaints.append(text) } }

    /// Looks what became of what was not answered, then at all that was.
    func settle(with server: RunningServer) throws {
        let client = try Client(port: server.port)
        let (open, fresh) = state.withLock { state in
            defer { (state.open, state.fresh) = ([], []) }
            return (state.open, state.fresh)
        }
        for attempt in open { try settle(attempt, client) }
        for path in fresh { try compare(path, client) }
    }

    func compareAll(with server: RunningServer) throws {
        let client = try Client(port: server.port)
        for path in state.withLock({ Array($0.known.keys) }) { try compare(path, client) }
    }

    private func settle(_ attempt: Attempt, _ client: Client) throws {
        switch attempt {
        case .create(let key, let body):
            // Repeated, it is there exactly once, whether it was there before or not.
            let answer = try send("POST", "/v1/articles", client, fields: ["Idempotency-Key: \(key)"], body: body)
            guard answer.status == 201, let path = answer.fields["location"] else {
                return complain("repeated \(key): \(answer.status) \(answer.body)")
            }
            let found = try send("GET", "/v1/articles?external_id=kill:\(key)&count=exact", client)
            if !found.body.contains(#""value":1,"#) { complain("\(key) is there more than once, or not: \(found.body)") }
            state.withLock {
                $0.known[path] = .some(answer.body)
                if answer.fields["idempotent-replayed"] != nil { $0.repeatedCount += 1 }
            }
            try compare(path, client)
        case .patch(let path, let section):
            let answer = try send("GET", path, client)
            guard answer.status == 200 else { return complain("\(path): \(answer.status)") }
            if answer["version"] == 1 { return try compare(path, client) }
            if answer["version"] != 2 || answer.text("section") != section { complain("\(path) is half changed: \(answer.body)") }
            state.withLock { $0.known[path] = .some(answer.body) }
        case .delete(let path):
            if try send("GET", path, client).status == 410 { state.withLock { $0.known[path] = .some(nil) } }
            try compare(path, client)
        }
    }

    private func compare(_ path: String, _ client: Client) throws {
        guard let known = state.withLock({ $0.known[path] }) else { return }
        let answer = try send("GET", path, client)
        guard let known else {
            if answer.status != 410 { complain("\(path) was deleted, and is \(answer.status)") }
            return
        }
        if answer.status != 200 || answer.body != known { complain("\(path) was \(known), and is \(answer.status) \(answer.body)") }
    }

    private func send(
        _ method: String, _ target: String, _ client: Client, fields: [String] = [], body: String? = nil
    ) throws -> Client.Answer {
        try client.send(Client.request(method, target, token: RunningServer.token, fields: fields, body: body))
        return try client.answer()
    }
}
