internal import Addresses
internal import Curl
package import Newsroom

/// How messages get to their receivers.
package protocol WebhookTransport: Sendable {
    /// Sends one message and waits for the answer.
    ///
    /// - Throws: `CancellationError` when the task was cancelled meanwhile: nobody knows whether it was taken.
    func send(_ message: SignedMessage, to url: WebURL) async throws(CancellationError) -> WebhookAnswer
}

/// What a receiver answered, or why it did not.
package enum WebhookAnswer: Sendable, Equatable {
    /// - Parameters:
    ///   - response: the beginning of the body.
    ///   - retryAfter: what Retry-After says, in milliseconds from now.
    case status(Int, response: [UInt8], retryAfter: Int64?)
    case trouble(WebhookDelivery.Trouble)
}

/// By libcurl.
package struct CurlTransport: WebhookTransport {
    private let client: CurlClient

    /// - Parameter version: of the program, for `User-Agent`.
    package init(version: String, destinations: DestinationRule, concurrentCountMax: Int) {
        var limits = CurlLimits()
        limits.concurrentCountMax = concurrentCountMax
        limits.keptByteCountMax = WebhookDelivery.responseByteCountMax
        client = CurlClient(limits: limits, userAgent: "dateline/\(version)") { address in
            NetworkAddress(version6: address.bytes).map(destinations.allows) ?? false
        }
    }

    package func send(_ message: SignedMessage, to url: WebURL) async throws(CancellationError) -> WebhookAnswer {
        do throws(CurlError) {
            let answer = try await client.post(CurlRequest(url: url.text, fields: message.fields, body: message.body))
            return .status(answer.status, response: answer.body, retryAfter: answer.retryAfterSeconds.map { min($0, 86_400) * 1_000 })
        } catch {
            switch error {
            case .addressRefused: return .trouble(.addressRefused)
            case .nameNotFound: return .trouble(.nameNotFound)
            case .connectionFailed: return .trouble(.connectionFailed)
            case .insecure: return .trouble(.insecure)
            case .timeout: return .trouble(.timeout)
            case .connectionLost: return .trouble(.connectionLost)
            case .other: return .trouble(.other)
            case .cancelled: throw CancellationError()
            }
        }
    }

    /// Ends what is on its way.
    package func close() async { await client.close() }
}
