import Crypto
import Newsroom
import Testing
import Turns

@testable import Webhooks

@Suite(.inTurn) struct SignedMessageTests {
    private let secret = WebhookSecret(bytes: Array(1...32))

    @Test func `the signature is the HMAC of id, time and body`() throws {
        let secret = try #require(secret)
        let message = SignedMessage(
            id: "whk_x-7", sentAt: Instant(milliseconds: 1_711_540_800_999), body: Array(#"{"seq":7}"#.utf8), secret: secret)
        #expect(message.timestamp == 1_711_540_800)
        // openssl dgst -sha256 -mac HMAC -macopt hexkey:0102…20 -binary | base64
        #expect(message.signature == "v1,5mTD7E1TxRnS65YeNyfbYCstBSBFMYm7v+v3CRWQD4Q=")
        #expect(message.fields.map(\.name) == ["Content-Type", "webhook-id", "webhook-timestamp", "webhook-signature"])
        #expect(message.fields.map(\.value) == ["application/json", "whk_x-7", "1711540800", message.signature])
    }

    @Test func `what differs in any part has another signature`() throws {
        let secret = try #require(secret)
        let other = try #require(WebhookSecret(bytes: Array(2...33)))
        let messages = [
            SignedMessage(id: "a", sentAt: Instant(milliseconds: 1_000), body: [1], secret: secret),
            SignedMessage(id: "b", sentAt: Instant(milliseconds: 1_000), body: [1], secret: secret),
            SignedMessage(id: "a", sentAt: Instant(milliseconds: 2_000), body: [1], secret: secret),
            SignedMessage(id: "a", sentAt: Instant(milliseconds: 1_000), body: [2], secret: secret),
            SignedMessage(id: "a", sentAt: Instant(milliseconds: 1_000), body: [1], secret: other),
        ]
        #expect(Set(messages.map(\.signature)).count == messages.count)
    }
}
