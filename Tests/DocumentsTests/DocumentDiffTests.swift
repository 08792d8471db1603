import Documents
import JSON
import Newsroom
import Testing

/// What differs between two versions, as operations that lead from the one to the other.
@Suite struct DocumentDiffTests {
    private static func person(_ random: inout SeededRandomSource) -> Person {
        func below(_ bound: UInt64) -> Int { Int(random.next() % bound) }
        var draft = Person.Draft()
        draft.name = ["A", "B"][below(2)]
        draft.description = ["d", nil, "e\u{301}", "\u{E9}"][below(4)]
        draft.aliases = (0..<below(6)).map { _ in Alias(name: ["x", "y", "z"][below(3)]) }
        draft.roles = (0..<below(4)).map { _ in Person.Role(title: "t\(below(3))", from: below(2) == 0 ? nil : PartialDate("1999")) }
        for scheme in ["a", "b", "c"] where below(2) == 0 { draft.identifiers[scheme] = "\(below(2))" }
        for source in ["s", "t"] where below(2) == 0 { draft.externalIDs[source] = "\(below(2))" }
        let instant = Instant(milliseconds: Int64(below(1_000)))
        let record = Record<Person>(
            id: ID(ULID(at: Instant(milliseconds: 1), randomness: &random)), slug: Slug.from(caption: "p\(below(2))", kind: .person),
            version: below(9) + 1, createdAt: instant, updatedAt: instant)
        draft.slug = record.slug
        return Person(record: record, draft: draft, captions: Captions())
    }

    private static func members(_ person: Person) throws -> JSONValue {
        guard case .object(var object) = try JSONReader.read(PersonDocument.logged(person)) else { return .null }
        for name in ["id", "version", "created_at", "updated_at"] { object[name] = nil }
        // Objects are compared without regard to the order of their members.
        return .object(JSONObject(object.members.map { ($0.name, sorted($0.value)) }.sorted { $0.0 < $1.0 }))
    }

    private static func sorted(_ value: JSONValue) -> JSONValue {
        guard case .object(let object) = value else { return value }
        return .object(JSONObject(object.members.sorted { $0.name < $1.name }))
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `the operations of a diff, applied one after the other, make the one version of the other`(_ seed: UInt64) throws {
        var random = SeededRandomSource(seed: seed)
        for _ in 0..<300 {
            let (old, new) = (Self.person(&random), Self.person(&random))
            let diff = DocumentDiff(from: old, to: new, of: PersonDocument.self)
            var patched = try Self.members(old)
            for operation in diff.operations {
                #expect(
                    Patch.value(at: operation.path, in: patched).map(Self.sorted) == operation.was.map(Self.sorted) || operation.was == nil)
                try Patch.apply(operation, to: &patched)
            }
            guard case .object(let object) = patched else { throw Patch.Failure() }
            let result = JSONValue.object(JSONObject(object.members.map { ($0.name, Self.sorted($0.value)) }.sorted { $0.0 < $1.0 }))
            #expect(try JSONWriter.text(of: result) == JSONWriter.text(of: Self.members(new)))
            #expect(diff == DocumentDiff(from: old, to: new, of: PersonDocument.self))
        }
    }

    @Test func `a version is the same as itself, and a deletion has no members`() {
        var random = SeededRandomSource(seed: 7)
        let person = Self.person(&random)
        #expect(DocumentDiff(from: person, to: person, of: PersonDocument.self).operations == [])
        let removed = DocumentDiff(from: person, to: nil, of: PersonDocument.self).operations
        #expect(removed.contains { $0.path == "/name" } && removed.allSatisfy { $0.kind == .remove })
        let added = DocumentDiff(from: nil, to: person, of: PersonDocument.self).operations
        #expect(added.map(\.path) == removed.map(\.path) && added.allSatisfy { $0.kind == .add })
    }

    @Test func `an inserted item moves the others, and is one operation`() {
        func article(_ tags: [String]) -> Article {
            var draft = Article.Draft()
            draft.headline = "h"
            draft.tags = tags
            var random = SeededRandomSource(seed: 1)
            let instant = Instant(milliseconds: 1)
            let record = Record<Article>(
                id: ID(ULID(at: instant, randomness: &random)), slug: Slug.from(caption: "h", kind: .article), version: 1,
                createdAt: instant, updatedAt: instant)
            return Article(record: record, draft: draft, captions: Captions())
        }
        func operations(_ old: [String], _ new: [String]) -> [String] {
            DocumentDiff(from: article(old), to: article(new), of: ArticleDocument.self).operations.map { "\($0.kind.rawValue) \($0.path)" }
        }
        #expect(operations(["a", "b", "c"], ["a", "x", "b", "c"]) == ["add /tags/1"])
        #expect(operations(["a", "b", "c", "d"], ["a", "d"]) == ["remove /tags/2", "remove /tags/1"])
        #expect(operations(["a", "b", "c"], ["a", "x", "c"]) == ["replace /tags/1"])
        #expect(operations([], ["a"]) == ["add /tags"])
        #expect(operations(["a"], []) == ["remove /tags"])
    }
}

/// A JSON Patch (RFC 6902), as far as two levels go.
private enum Patch {
    struct Failure: Error {}

    static func value(at path: String, in document: JSONValue) -> JSONValue? {
        var value: JSONValue? = document
        for part in parts(path) {
            if case .array = value { value = Int(part).flatMap { value?[$0] } } else { value = value?[part] }
        }
        return value
    }

    static func apply(_ operation: DocumentDiff.Operation, to document: inout JSONValue) throws {
        try apply(operation, parts(operation.path)[...], to: &document)
    }

    private static func apply(_ operation: DocumentDiff.Operation, _ path: ArraySlice<String>, to value: inout JSONValue) throws {
        guard let part = path.first else { throw Failure() }
        switch value {
        case .object(var object):
            if path.count == 1 {
                guard (object[part] != nil) == (operation.kind != .add) else { throw Failure() }
                object[part] = operation.value
            } else {
                guard var inner = object[part] else { throw Failure() }
                try apply(operation, path.dropFirst(), to: &inner)
                object[part] = inner
            }
            value = .object(object)
        case .array(var items):
            guard path.count == 1, let index = Int(part) else { throw Failure() }
            guard index >= 0, index < items.count + (operation.kind == .add ? 1 : 0) else { throw Failure() }
            switch (operation.kind, operation.value) {
            case (.add, let item?): items.insert(item, at: index)
            case (.replace, let item?): items[index] = item
            case (.remove, nil): items.remove(at: index)
            default: throw Failure()
            }
            value = .array(items)
        default: throw Failure()
        }
    }

    private static func parts(_ path: String) -> [String] {
        path.split(separator: "/").map { String($0).replacing("~1", with: "/").replacing("~0", with: "~") }
    }
}
