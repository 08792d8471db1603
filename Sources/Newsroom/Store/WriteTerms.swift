/// What is asked of a write beside what it writes.
package struct WriteTerms<R: Resource>: Sendable {
    /// Whether all of it is done, checked and shown, and then undone: no resource, no version, no row of the log is left.
    package var isRehearsal: Bool
    /// How its answer is kept for whoever asks again; nil: not at all. What a rehearsal or a refusal answers is not kept.
    package var receipt: ReceiptTerms<R>?
    /// Whether it is to be answered with a rendering where the store has one at hand, and not with the resource, which costs more.
    package var wantsRendering: Bool

    package init(isRehearsal: Bool = false, receipt: ReceiptTerms<R>? = nil, wantsRendering: Bool = false) {
        self.isRehearsal = isRehearsal
        self.receipt = receipt
        self.wantsRendering = wantsRendering
    }
}

/// The name of a write that its sender may repeat without doing it twice.
package struct IdempotencyKey: Sendable, Equatable {
    /// 1…255 visible ASCII characters, unique to each write of one actor.
    package let text: String
    /// All that is asked for under this key, in parts: method, target, body. What differs in any of them is another write.
    package let request: [[UInt8]]

    package init(text: String, request: [[UInt8]]) {
        self.text = text
        self.request = request
    }

    /// For how long the answer to a write is kept: 24 h.
    package static let keptMilliseconds: Int64 = 24 * 60 * 60 * 1_000
    /// And for how long at the least, where the store has no room for more answers: 1 h.
    package static let keptMillisecondsMin: Int64 = 60 * 60 * 1_000
}

package struct ReceiptTerms<R: Sendable>: Sendable {
    package let key: IdempotencyKey
    /// The answer to keep. It runs inside the write's transaction, so it must be pure and quick.
    package let make: @Sendable (R) -> Receipt

    package init(key: IdempotencyKey, make: @escaping @Sendable (R) -> Receipt) {
        self.key = key
        self.make = make
    }
}

/// An answer to a write, kept in the transaction of that write.
package struct Receipt: Sendable, Equatable {
    package struct Field: Sendable, Equatable {
        package var name: String
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// 200…299.
    package var status: Int
    /// Names and values hold no line break; a name holds no colon.
    package var fields: [Field]
    package var body: [UInt8]

    package init(status: Int, fields: [Field], body: [UInt8]) {
        self.status = status
        self.fields = fields
        self.body = body
    }
}

/// What a write came to.
package enum Written<R: Resource>: Sendable {
    case resource(R)
    /// The resource as the newsroom is shown it, for whoever wanted that.
    case rendering(Rendering, of: ID<R>)
    /// The answer that is kept under the write's key: made by this write, or by an earlier one, and then nothing was written now.
    case receipt(Receipt, isRepeated: Bool)
}
