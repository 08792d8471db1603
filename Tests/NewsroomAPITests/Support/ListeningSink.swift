import HTTP
import Locks
import NewsroomAPI
import Testing

/// A client of a stream that a test looks at while it goes on: it may take nothing for a while, and go.
final class ListeningSink: ResponseBodySink {
    private struct Contents {
        var text = ""
        var isHeld = false
        var isLost = false
        var heldCount = 0
    }

    private let contents = Lock(Contents())

    func write(_ bytes: [UInt8]) async throws(ConnectionLost) {
        if contents.withLock({ contents in
            if contents.isHeld { contents.heldCount += 1 }
            return contents.isHeld
        }) {
            while contents.withLock({ $0.isHeld && !$0.isLost }) { await pause() }
        }
        guard !contents.withLock({ $0.isLost }) else { throw ConnectionLost() }
        contents.withLock { $0.text += String(decoding: bytes, as: UTF8.self) }
    }

    func flush() async throws(ConnectionLost) {}

    var text: String { contents.withLock { $0.text } }

    /// Takes nothing until it is let go on; what is written meanwhile waits.
    func hold(_ isHeld: Bool) { contents.withLock { $0.isHeld = isHeld } }

    /// Goes: the next write fails.
    func leave() { contents.withLock { $0.isLost = true } }

    /// Waits until something is true of what has come.
    func wait(until isSo: (String) -> Bool) async {
        while !isSo(text) { await pause() }
    }

    /// Waits until somebody writes to it while it takes nothing.
    func waitUntilWrittenTo() async {
        while contents.withLock({ $0.heldCount == 0 }) { await pause() }
    }

    private func pause() async { try? await Task.sleep(for: .milliseconds(1)) }
}

/// One event of a stream, as a client puts it together (WHATWG HTML, "server-sent events").
struct ReceivedEvent: Equatable {
    var name = ""
    var data = ""
    /// The newest id when it came.
    var id = ""

    /// The events of a stream, and the id that the client knows at its end.
    static func all(in text: String) -> (events: [ReceivedEvent], lastID: String) {
        var events: [ReceivedEvent] = []
        var event = ReceivedEvent()
        var lastID = ""
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            guard !line.isEmpty else {
                event.id = lastID
                if !event.data.isEmpty { events.append(event) }
                event = ReceivedEvent()
                continue
            }
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let value = String(parts.count > 1 ? parts[1].drop { $0 == " " } : "")
            switch parts[0] {
            case "id": lastID = value
            case "event": event.name = value
            case "data": event.data += value
            default: break
            }
        }
        return (events, lastID)
    }
}

/// A stream that goes on.
struct Listening {
    let response: Response
    let sink: ListeningSink
    let task: Task<Void, Never>

    var events: [ReceivedEvent] { ReceivedEvent.all(in: sink.text).events }

    /// Waits until there are so many events.
    func events(_ count: Int) async -> [ReceivedEvent] {
        await sink.wait { ReceivedEvent.all(in: $0).events.count >= count }
        return events
    }

    func leave() async {
        sink.leave()
        await task.value
    }
}

extension Desk {
    /// Begins to listen to a stream of events that there must be.
    func listen(_ target: String = "/v1/changes", _ fields: [String] = []) async throws -> Listening {
        let request = try Desk.request("GET " + target, fields + ["Accept: text/event-stream"])
        let response = await api.respond(to: request)
        guard case .stream(let produce) = response.body else {
            let answer = try await Answer(response)
            throw NoStream(text: answer.text)
        }
        let sink = ListeningSink()
        return Listening(response: response, sink: sink, task: Task { try? await produce(sink) })
    }

    func listenAsNewsroom(_ target: String = "/v1/changes", _ fields: [String] = []) async throws -> Listening {
        try await listen(target, fields + ["Authorization: Bearer \(Desk.token)"])
    }

    struct NoStream: Error {
        let text: String
    }
}
