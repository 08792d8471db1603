import JSON
package import Newsroom

/// Why an export ended before its end.
package enum ExportError<SinkError: Error>: Error {
    case store(StoreError)
    case sink(SinkError)
}

/// Writes all that a store holds as NDJSON records that an import takes: organizations, people, events, articles, statements, each kind in
/// the order in which it was created, but what something belongs to before it. Before the resources of a kind comes what was merged into
/// them. At the end comes what the newsroom keeps of its work on them: how conflicts were settled, marks for review, and notes on unnamed
/// sources where these are asked for.
///
/// It is one moment of the store, so that each reference of a record leads to another record. Pages are read one after another and not
/// held, but for ids of organizations, events and statements.
package struct Exporter {
    private let snapshot: any NewsroomSnapshot
    /// Resources that are read at a time, 1…200.
    private let pageCount: Int

    /// Whether the notes on unnamed sources go along: who they are is the newsroom's secret, and an export is a file like any other.
    private let withSourceNotes: Bool

    static let pieceByteCount = 65_536

    package init(_ snapshot: any NewsroomSnapshot, pageCount: Int = 50, withSourceNotes: Bool = false) {
        self.snapshot = snapshot
        self.pageCount = pageCount
        self.withSourceNotes = withSourceNotes
    }

    /// Writes the kinds to a sink, whole lines in pieces of some 64 KiB. Returns how many records there were.
    @discardableResult
    package func run<SinkError>(
        _ kinds: [Kind] = Kind.allCases, to sink: @escaping ([UInt8]) throws(SinkError) -> Void
    ) throws(ExportError<SinkError>) -> Int {
        var count = 0
        for kind in kinds {
            switch kind {
            case .organization:
                let judgements = ExportedJudgements<OrganizationDocument>(snapshot.merged, snapshot.differentPairs)
                count += try write(OrganizationDocument.self, judgements, snapshot.page, to: sink) { $0.draft.parent }
            case .person:
                count += try write(
                    PersonDocument.self, ExportedJudgements(snapshot.merged, snapshot.differentPairs), snapshot.page, to: sink, parent: nil)
            case .event:
                let judgements = ExportedJudgements<EventDocument>(snapshot.merged, snapshot.differentPairs)
                count += try write(EventDocument.self, judgements, snapshot.page, to: sink, as: EventDocument.withoutBasis) {
                    $0.draft.partOf
                }
            case .article: count += try write(ArticleDocument.self, ExportedJudgements(), snapshot.page, to: sink, parent: nil)
            case .statement:
                count += try write(StatementDocument.self, ExportedJudgements(), snapshot.page, to: sink) { $0.draft.corrects }
            }
        }
        if kinds.contains(.event), kinds.contains(.statement) { count += try writeBasis(to: sink) }
        if kinds.count == Kind.allCases.count {
            var work = ExportedWork(snapshot, to: sink)
            try work.write(withSourceNotes: withSourceNotes, pageCount: pageCount)
            count += work.count
        }
        return count
    }

    /// What events rest on, in the order of the events.
    private func writeBasis<SinkError>(
        to sink: @escaping ([UInt8]) throws(SinkError) -> Void
    ) throws(ExportError<SinkError>) -> Int {
        var query = ListQuery<Event>(sort: Sort(.createdAt), limit: pageCount, isWhole: true, namesExternalIDs: true)
        var lines = Lines<EventDocument, SinkError>(ExportedJudgements(), sink: sink)
        repeat {
            let read: Page<Event>
            do throws(StoreError) { read = try snapshot.page(query) } catch { throw .store(error) }
            for event in read.items where !event.basis.isEmpty { try lines.writeBasis(of: event) }
            query.after = read.next
        } while query.after != nil
        try lines.flush()
        return lines.count
    }

    private func write<D: ResourceDocument, SinkError>(
        _ document: D.Type, _ judgements: ExportedJudgements<D>, _ page: (ListQuery<D.R>) throws(StoreError) -> Page<D.R>,
        to sink: @escaping ([UInt8]) throws(SinkError) -> Void, as shown: (D.R) -> D.R = { $0 }, parent: ((D.R) -> Reference<D.R>?)?
    ) throws(ExportError<SinkError>) -> Int {
        guard let createdAt = D.R.SortMember(rawValue: "created_at") else { return 0 }
        var query = ListQuery<D.R>(sort: Sort(createdAt), limit: pageCount, isWhole: true, namesExternalIDs: true)
        var order = ParentsFirst<D.R>()
        var lines = Lines<D, SinkError>(judgements, sink: sink)
        try lines.begin(pageCount: pageCount)
        repeat {
            let read: Page<D.R>
            do throws(StoreError) { read = try page(query) } catch { throw .store(error) }
            for resource in read.items.map(shown) {
                let ready = parent.map { order.take(resource, parent: $0(resource)) } ?? [resource]
                try lines.write(ready)
            }
            query.after = read.next
        } while query.after != nil
        // Only where a parent is not in the list, which no sound store lets happen.
        try lines.write(order.left)
        try lines.flush()
        return lines.count
    }

    /// Records on their way to the sink, which gets them in pieces of whole lines.
    private struct Lines<D: ResourceDocument, SinkError: Error>: ~Copyable {
        let sink: ([UInt8]) throws(SinkError) -> Void
        private var judgements: ExportedJudgements<D>
        private(set) var count = 0
        private var writer = JSONWriter(reserving: Exporter.pieceByteCount)

        init(_ judgements: ExportedJudgements<D>, sink: @escaping ([UInt8]) throws(SinkError) -> Void) {
            self.judgements = judgements
            self.sink = sink
        }

        /// Writes what was merged, which comes first.
        mutating func begin(pageCount: Int) throws(ExportError<SinkError>) {
            do throws(StoreError) { try judgements.readPairs() } catch { throw .store(error) }
            var last: ID<D.R>?
            while true {
                let page: [MergedResource<D.R>]
                do throws(StoreError) { page = try judgements.merged(last, pageCount) } catch { throw .store(error) }
                guard let end = page.last?.resource.record.id else { return }
                last = end
                for merged in page { judgements.write(merged, to: &writer) }
                count += page.count
                if writer.byteCount >= Exporter.pieceByteCount { try flush() }
            }
        }

        mutating func write(_ resources: [D.R]) throws(ExportError<SinkError>) {
            for resource in resources {
                judgements.write(resource, to: &writer)
                if writer.byteCount >= Exporter.pieceByteCount { try flush() }
            }
            count += resources.count
        }

        mutating func writeBasis(of event: Event) throws(ExportError<SinkError>) {
            EventDocument.writeBasis(of: event, to: &writer)
            writer.endLine()
            count += 1
            if writer.byteCount >= Exporter.pieceByteCount { try flush() }
        }

        mutating func flush() throws(ExportError<SinkError>) {
            let bytes = writer.take()
            guard !bytes.isEmpty else { return }
            do throws(SinkError) { try sink(bytes) } catch { throw .sink(error) }
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
