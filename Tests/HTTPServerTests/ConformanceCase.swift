import HTTP
import HTTPServer
import HTTPTypes
import Testing

/// Bytes that a client sends on a new connection, and what a section of a standard makes of them.
struct ConformanceCase: Sendable, CustomStringConvertible {
    enum Ending: Sendable {
        /// The connection goes on: one more request is answered.
        case stays
        /// The last answer says so, and nothing comes after it.
        case closes
        /// The client sends no more, and the server closes when it has answered.
        case halfClosed
    }

    let section: String
    let bytes: [UInt8]
    let statuses: [Int]
    let ending: Ending
    /// Which of the answers are to HEAD.
    let heads: Set<Int>
    /// The body of the last answer, where it matters.
    let text: String?

    init(
        _ section: String, _ bytes: [UInt8], _ statuses: [Int], _ ending: Ending = .stays, heads: Set<Int> = [], text: String? = nil
    ) {
        (self.section, self.bytes, self.statuses, self.ending) = (section, bytes, statuses, ending)
        (self.heads, self.text) = (heads, text)
    }

    init(
        _ section: String, _ bytes: String, _ statuses: [Int], _ ending: Ending = .stays, heads: Set<Int> = [], text: String? = nil
    ) {
        self.init(section, Array(bytes.utf8), statuses, ending, heads: heads, text: text)
    }

    var description: String {
        let shown = String(decoding: bytes.prefix(150), as: UTF8.self).debugDescription
        return bytes.count > 150 ? "\(section) \(shown)… (\(bytes.count) bytes)" : "\(section) \(shown)"
    }

    func check(port: Int) throws {
        let client = try TestClient(port: port)
        // What is refused early may not be taken to its last byte.
        try? client.send(bytes)
        if ending == .halfClosed { client.endSending() }
        var last: TestClient.Answer?
        for (index, status) in statuses.enumerated() {
            let answer = try client.answer(isHead: heads.contains(index))
            #expect(answer.status == status, "\(self)")
            checkShape(of: answer, isHead: heads.contains(index))
            last = answer
        }
        if let text { #expect(last?.text == text, "\(self)") }
        switch ending {
        case .stays:
            #expect(last?["Connection"] != "close", "\(self)")
            try client.send(get("/after"))
            #expect(try client.answer().text == "GET /after ", "\(self)")
        case .closes:
            #expect(last?["Connection"] == "close", "\(self)")
            client.endSending()
            #expect(try client.isAtEnd(), "\(self)")
        case .halfClosed:
            #expect(try client.isAtEnd(), "\(self)")
        }
    }

    /// What holds for every answer: RFC 9110 §6.6.1 (Date), §8.6 (Content-Length), RFC 9457 §3 (problems).
    private func checkShape(of answer: TestClient.Answer, isHead: Bool) {
        #expect(answer.head.hasPrefix("HTTP/1.1 \(answer.status) "), "\(self)")
        if answer.status < 200 || [204, 304].contains(answer.status) {
            #expect(answer["Content-Length"] == nil && answer["Transfer-Encoding"] == nil, "\(self)")
        }
        guard answer.status >= 200 else { return }
        #expect(answer["Date"]?.utf8.count == 29 && answer["Date"]?.hasSuffix(" GMT") == true, "\(self)")
        guard answer.status >= 400 else { return }
        #expect(answer["Content-Type"] == "application/problem+json", "\(self)")
        #expect(answer["Content-Length"] != "0", "\(self)")
        guard !isHead else { return }
        let id = answer["X-Request-ID"] ?? "none"
        for part in ["\"status\":\(answer.status),", "\"request_id\":\"\(id)\"", "\"type\":", "\"title\":", "\"detail\":", "\"code\":"] {
            #expect(answer.text.contains(part), "\(self) lacks \(part)")
        }
    }
}

extension Answering {
    /// Answers with method, path and body; `/deaf` without having looked at the body, `/empty` with 204, `/unchanged` with 304, `/stream`
    /// with a streamed body.
    static let mirror = Answering { request in
        switch request.target.segments.first {
        case "deaf": return .sample("deaf")
        case "empty": return Response(status: .noContent)
        case "unchanged": return Response(status: .notModified, fields: [.eTag: "\"1\""])
        case "stream": return .stream { sink in try await sink.write(Array("streamed".utf8)) }
        default: break
        }
        do throws(Problem) {
            let body = String(decoding: try await request.body.collect(upTo: 1_024), as: UTF8.self)
            return .sample("\(request.method) \(request.target.path) \(body)")
        } catch {
            return error.response(instance: nil, requestID: request.id)
        }
    }
}

/// Checks a family of cases against one server.
func conform(_ cases: [ConformanceCase], limits: ServerLimits = .patient) async throws {
    var limits = limits
    limits.drainIdleGrace = .milliseconds(1)
    try await withServer(.mirror, limits: limits) { server in
        try await blocking {
            for conformanceCase in cases {
                do {
                    try conformanceCase.check(port: server.port)
                } catch {
                    Issue.record("\(conformanceCase): \(error)")
                }
            }
        }
    }
}
