import Documents
import Newsroom
import Locks
import Testing

struct ExporterTests {
    private func export(_ store: MemoryStore, pageCount: Int = 3) async throws -> String {
        try await store.snapshot { snapshot throws(ExportError<Never>) in
            var bytes: [UInt8] = []
            try Exporter(snapshot, pageCount: pageCount).run { (piece: [UInt8]) throws(Never) in bytes.append(contentsOf: piece) }
            return String(decoding: bytes, as: UTF8.self)
        }.get()
    }

    private func load(_ input: String, into store: MemoryStore) async throws -> ImportSummary {
        var session = ImportSession(into: store, by: Actor(name: "test")) { _ in }
        try await session.feed(Array(input.utf8))
        return try await session.finish()
    }

    /// Everything that a record can hold, children before their parents.
    private static let input = """
        {"type":"article","external_id":"w:a1","headline":"Talks called off","subheadline":"s","summary":"One\\nTwo","body":"B \\"q\\"","body_format":"html","byline":"Staff","authors":[{"external_id":"w:p1","role":"author"}],"dateline":"D","section":"world","tags":["x","y"],"places":["usa"],"language":"en-US","urgency":2,"published_at":"2024-03-27T18:05:00Z","embargoed_until":"2024-03-28T00:00:00Z","source":"S","canonical_url":"https://example.org/","usage_terms":"U","article_type":"analysis","people":[{"external_id":"w:p1","role":"subject"},{"external_id":"w:p2"}],"organizations":[{"external_id":"w:o1"}],"events":[{"external_id":"w:e2"}]}
        {"type":"article","external_id":"w:a2","headline":"A draft"}
        {"type":"article","external_id":"w:a3","headline":"Withdrawn","status":"retracted","published_at":"2024-03-27T18:05:00Z","first_published_at":"2024-03-20T00:00:00Z"}
        {"type":"event","external_id":"w:e1","title":"Talks","part_of":{"external_id":"w:e2"},"kind":"meeting","status":"scheduled","window":{"edtf":"2024-04-01/..","stated":"as early as next week","anchor":"2024-03-27","zone":"UTC"},"place":{"name":"Washington","country":"us","latitude":38.9,"longitude":-77}}
        {"type":"event","external_id":"w:e2","title":"Visit","participants":[{"person":{"external_id":"w:p1"},"role":"guest"},{"organization":{"external_id":"w:o1"}}]}
        {"type":"person","external_id":"w:p1","name":"Yoav Gallant","aliases":["Galant",{"name":"G","from":"2015"}],"description":"d","born":"1958-11","roles":[{"title":"Minister","organization":{"external_id":"w:o2"},"from":"2022-12-29","to":"2024"}],"identifiers":{"wikidata":"Q1"},"links":[{"url":"https://example.org/g","title":"t"}]}
        {"type":"person","external_ids":{"w":"p2","x":"2"},"name":"Yoav Gallant"}
        {"type":"organization","external_id":"w:o3","name":"Unit","parent":{"external_id":"w:o2"}}
        {"type":"organization","external_id":"w:o2","name":"Ministry","parent":{"external_id":"w:o1"},"kind":"government","country":"il","aliases":["MoD"],"identifiers":{"viaf":"7"}}
        {"type":"organization","external_id":"w:o1","name":"State"}
        """

    @Test func `an export into an empty store gives the same export`() async throws {
        let one = MemoryStore()
        #expect(try await load(ExporterTests.input, into: one).created == 10)
        let first = try await export(one)
        let other = MemoryStore()
        let summary = try await load(first, into: other)
        #expect(summary.created == 10 && summary.invalid == 0)
        #expect(try await export(other) == first)
        #expect(try await export(other, pageCount: 100) == first)
        #expect(try await load(first, into: other).unchanged == 10)
        #expect(try await load(first, into: one).unchanged == 10)
        let same = other.shelves.withLock { shelves in one.shelves.withLock { $0.people.map(\.draft) == shelves.people.map(\.draft) } }
        #expect(same)
    }

    @Test func `kinds come in the order in which they refer, parents before what belongs to them`() async throws {
        let store = MemoryStore()
        _ = try await load(ExporterTests.input, into: store)
        // As if the parent had been set after the child was made.
        store.shelves.withLock { $0.organizations.reverse() }
        let lines = try await export(store, pageCount: 1).split(separator: "\n")
        let order = lines.compactMap { line in
            // The record's own external id comes before those of its references.
            let own = line.split(separator: "\"external_id", maxSplits: 1).last ?? ""
            return ["o1", "o2", "o3", "p1", "p2", "e1", "e2", "a1", "a2", "a3"].first {
                own.hasPrefix("\":\"w:\($0)\"") || own.hasPrefix("s\":{\"w\":\"\($0)\"")
            }
        }
        #expect(order.prefix(3) == ["o1", "o2", "o3"])
        #expect(order.dropFirst(3).prefix(2).sorted() == ["p1", "p2"])
        #expect(order.dropFirst(5).prefix(2) == ["e2", "e1"])
        #expect(order.suffix(3).sorted() == ["a1", "a2", "a3"])
        #expect(order.count == 10)
    }

    @Test func `kinds can be had alone, and nothing of nothing`() async throws {
        let store = MemoryStore()
        #expect(try await export(store) == "")
        _ = try await load(ExporterTests.input, into: store)
        let count = try await store.snapshot { snapshot throws(ExportError<Never>) in
            try Exporter(snapshot).run([.person]) { (_: [UInt8]) throws(Never) in }
        }
        #expect(try count.get() == 2)
    }

    @Test func `a sink that fails ends the export`() async throws {
        struct Gone: Error, Equatable {}
        let store = MemoryStore()
        _ = try await load(ExporterTests.input, into: store)
        let pieces = Lock(0)
        let ending = try await store.snapshot { snapshot throws(ExportError<Gone>) in
            try Exporter(snapshot).run { (_: [UInt8]) throws(Gone) in
                pieces.withLock { $0 += 1 }
                throw Gone()
            }
        }
        #expect(throws: ExportError<Gone>.self) { try ending.get() }
        #expect(pieces.withLock { $0 } == 1)
    }
}
