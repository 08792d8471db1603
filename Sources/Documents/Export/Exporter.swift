import JSON
package import Newsroom

/// Why an export ended before its end.
package enum ExportError<SinkError: Error>: Error {
    case store(StoreError)
    case sink(SinkError)
}

/// Writes all that a store holds as NDJSON records that an import takes: organizations, people, events, articles, each kind in the order
/// in which it was created, but what something belongs to before it.
///
/// Pages are read one after another and not held, but for ids of organizations and events. What is written to the store meanwhile may be
/// in it or not.
package struct Exporter: Sendable {
    private let store: any NewsroomStore
    /// Resources that are read at a time, 1…200.
    private let pageCount: Int

    private static let pieceByteCount = 65_536

    package init(_ store: any NewsroomStore, pageCount: Int = 50) {
        self.store = store
        self.pageCount = pageCount
    }

    /// Writes the kinds to a sink, whole lines in pieces of some 64 KiB. Returns how many records there were.
    @discardableResult
    package func run<SinkError>(
        _ kinds: [Kind] = Kind.allCases, to sink: ([UInt8]) async throws(SinkError) -> Void
    ) async throws(ExportError<SinkError>) -> Int {
        var count = 0
        for kind in kinds {
            switch kind {
            case .organization:
                count += try await write(store.organizations, OrganizationDocument.self, to: sink) { $0.draft.parent }
            case .person: count += try await write(store.people, PersonDocument.self, to: sink, parent: nil)
            case .event: count += try await write(store.events, EventDocument.self, to: sink) { $0.draft.partOf }
            case .article: count += try await write(store.articles, ArticleDocument.self, to: sink, parent: nil)
            }
        }
        return count
    }

    private func write<D: ResourceDocument, SinkError>(
        _ resources: any ResourceStore<D.R>, _ document: D.Type, to sink: ([UInt8]) async throws(SinkError) -> Void,
        parent: ((D.R) -> Reference<D.R>?)?
    ) async throws(ExportError<SinkError>) -> Int {
        guard let createdAt = D.R.SortMember(rawValue: "created_at") else { return 0 }
        var query = ListQuery<D.R>(sort: Sort(createdAt), limit: pageCount, isWhole: true, namesExternalIDs: true)
        var order = ParentsFirst<D.R>()
        var count = 0
        repeat {
            let page = try await read(query, from: resources, SinkError.self)
            var writer = JSONWriter(reserving: Exporter.pieceByteCount)
            for resource in page.items {
                let ready = parent.map { order.take(resource, parent: $0(resource)) } ?? [resource]
                for resource in ready {
                    D.write(resource, to: &writer, form: .export, selecting: nil)
                    writer.endLine()
                    if writer.byteCount >= Exporter.pieceByteCount { try await send(writer.take(), to: sink) }
                }
                count += ready.count
            }
            try await send(writer.take(), to: sink)
            query.after = page.next
        } while query.after != nil
        // Only where a parent is not in the list, which no sound store lets happen.
        var writer = JSONWriter()
        for resource in order.left {
            D.write(resource, to: &writer, form: .export, selecting: nil)
            writer.endLine()
            count += 1
        }
        try await send(writer.take(), to: sink)
        return count
    }

    private func read<R, SinkError>(
        _ query: ListQuery<R>, from resources: any ResourceStore<R>, _: SinkError.Type
    ) async throws(ExportError<SinkError>) -> Page<R> {
        do throws(StoreError) {
            return try await resources.page(query, as: .newsroom)
        } catch {
            throw .store(error)
        }
    }

    private func send<SinkError>(
        _ bytes: [UInt8], to sink: ([UInt8]) async throws(SinkError) -> Void
    ) async throws(ExportError<SinkError>) {
        guard !bytes.isEmpty else { return }
        do throws(SinkError) {
            try await sink(bytes)
        } catch {
            throw .sink(error)
        }
    }
}

/// Puts resources behind what they belong to, and leaves their order as it is otherwise.
struct ParentsFirst<R: Resource> {
    private var passed: Set<ID<R>> = []
    private var waiting: [ID<R>: [R]] = [:]

    /// The resources that can go on now that this one has come: itself and those that waited for it, or none while it has to wait.
    mutating func take(_ resource: R, parent: Reference<R>?) -> [R] {
        if case .id(let parent)? = parent, !passed.contains(parent) {
            waiting[parent, default: []].append(resource)
            return []
        }
        var ready = [resource]
        var index = 0
        while index < ready.count {
            let id = ready[index].record.id
            passed.insert(id)
            ready.append(contentsOf: waiting.removeValue(forKey: id) ?? [])
            index += 1
        }
        return ready
    }

    /// Those that still wait, in the order of their ids.
    var left: [R] {
        waiting.values.joined().sorted { $0.record.id < $1.record.id }
    }
}
