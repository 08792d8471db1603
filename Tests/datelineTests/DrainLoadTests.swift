import Dispatch
import Glibc
import Locks
import Testing
import Turns

/// SIGTERM in the middle of everything.
@Suite(.inTurn, .serialized, .ownThread, .timeLimit(.minutes(60))) struct DrainLoadTests {
    @Test func `no request that has arrived is lost, and each connection's last answer says that it is the last`() throws {
        let folder = try TemporaryFolder()
        // Long enough that nobody who asks again and again is taken for idle, on whatever machine.
        let clocks = ["--http-drain-idle-ms", "15000", "--http-drain-ms", "600000", "--http-head-ms", "600000"]
        let server = try RunningServer(in: folder, flags: clocks + ["--log-requests", "false"])
        let tally = Tally()
        let (kept, others) = (DispatchGroup(), DispatchGroup())
        for index in 0..<24 {
            startClient(in: index % 4 == 2 ? others : kept) {
                switch index % 4 {
                case 0: Self.ask(server.port, tally, inOnePacket: 1) { _ in Client.request("GET", "/v1/people?limit=5") }
                case 1: Self.ask(server.port, tally, inOnePacket: 20) { _ in Client.request("GET", "/v1/people?limit=1") }
                case 2: Self.askAnew(server.port, tally)
                default:
                    Self.ask(server.port, tally, inOnePacket: 1) { number in
                        Client.request("POST", "/v1/people", token: RunningServer.token, body: #"{"name":"Person \#(index) \#(number)"}"#)
                    }
                }
            }
        }
        let request = Client.request("GET", "/v1/articles")
        let halves = try (0..<20).map { count in
            let client = try Client(port: server.port)
            try client.send(String(request.prefix(1 + count * 2)))
            return client
        }
        #expect(try eventually { tally.clientCount == 24 && tally.count(of: 200) > 2_000 && tally.count(of: 201) > 50 })
        server.program.signal(SIGTERM)
        // When all of them have had their last answers, every loop drains.
        kept.wait()
        for (count, client) in halves.enumerated() {
            try client.send(String(request.dropFirst(1 + count * 2)))
            let answer = try client.answer()
            #expect(answer.status == 200 && answer.fields["connection"] == "close")
        }
        others.wait()
        #expect(tally.losses == [])
        #expect(try server.program.ending().status == 0)

        let again = try RunningServer(in: folder)
        let people = try again.get("/v1/people?limit=1&count=exact").body
        #expect(people.contains(#""value":\#(tally.count(of: 201)),"#), "\(tally.count(of: 201)) were answered; \(people)")
        try again.stop()
    }

    /// What clients saw.
    private final class Tally: Sendable {
        private let state = Lock((clientCount: 0, counts: [Int: Int](), losses: [String]()))

        /// How many have had an answer.
        var clientCount: Int { state.withLock { $0.clientCount } }

        func began() { state.withLock { $0.clientCount += 1 } }
        func answered(_ status: Int) { state.withLock { $0.counts[status, default: 0] += 1 } }
        func lost(_ what: String) { state.withLock { $0.losses.append(what) } }
        func count(of status: Int) -> Int { state.withLock { $0.counts[status, default: 0] } }
        var losses: [String] { state.withLock { $0.losses } }
    }

    /// Asks on one connection again and again, until an answer says that it was the last: the last one of a packet.
    private static func ask(_ port: Int, _ tally: Tally, inOnePacket count: Int, _ request: (Int) -> String) {
        do {
            let client = try Client(port: port)
            for round in 0... {
                if round == 1 { tally.began() }
                try client.send((0..<count).map { request(round * count + $0) }.joined())
                for number in 1...count {
                    let answer = try client.answer()
                    tally.answered(answer.status)
                    if answer.status > 201 { tally.lost("\(answer.status): \(answer.body)") }
                    guard answer.fields["connection"] == "close" else { continue }
                    if number < count { tally.lost("\(count - number) of a packet") }
                    return
                }
            }
        } catch {
            tally.lost("\(count) at a time: \(error)")
        }
    }

    /// Connects anew for each request, until nobody takes connections.
    private static func askAnew(_ port: Int, _ tally: Tally) {
        for round in 0... {
            guard let client = try? Client(port: port) else { return }
            if round == 1 { tally.began() }
            do {
                try client.send(Client.request("GET", "/v1/people?limit=2"))
                let answer = try client.answer()
                tally.answered(answer.status)
                if answer.status != 200 { tally.lost("\(answer.status): \(answer.body)") }
            } catch {
                tally.lost("anew: \(error)")
            }
        }
    }
}
