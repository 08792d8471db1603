import JSON
import Newsroom

/// What an export says of a newsroom's own work on its resources, on its way to the sink, which gets it in pieces of whole lines.
struct ExportedWork<SinkError: Error>: ~Copyable {
    private let snapshot: any NewsroomSnapshot
    private let sink: ([UInt8]) throws(SinkError) -> Void
    private var writer = JSONWriter(reserving: Exporter.pieceByteCount)
    /// How many records there were.
    private(set) var count = 0

    init(_ snapshot: any NewsroomSnapshot, to sink: @escaping ([UInt8]) throws(SinkError) -> Void) {
        self.snapshot = snapshot
        self.sink = sink
    }

    mutating func write(withSourceNotes: Bool, pageCount: Int) throws(ExportError<SinkError>) {
        if withSourceNotes {
            for note in try sourceNotes() { try add { note.writeRecord(to: &$0) } }
        }
        for resolution in try resolutions() { try add { resolution.writeRecord(to: &$0) } }
        var last: ReviewID?
        repeat {
            let page = try reviews(after: last, limit: pageCount)
            for review in page { try add { review.writeRecord(to: &$0) } }
            last = page.last?.mark.id
        } while last != nil
        try flush()
    }

    private func sourceNotes() throws(ExportError<SinkError>) -> [SourceNote] {
        do throws(StoreError) { return try snapshot.sourceNotes() } catch { throw .store(error) }
    }

    private func resolutions() throws(ExportError<SinkError>) -> [RecordedResolution] {
        do throws(StoreError) { return try snapshot.resolutions() } catch { throw .store(error) }
    }

    private func reviews(after id: ReviewID?, limit: Int) throws(ExportError<SinkError>) -> [RecordedReview] {
        do throws(StoreError) { return try snapshot.reviews(after: id, limit: limit) } catch { throw .store(error) }
    }

    private mutating func add(_ write: (inout JSONWriter) -> Void) throws(ExportError<SinkError>) {
        write(&writer)
        count += 1
        if writer.byteCount >= Exporter.pieceByteCount { try flush() }
    }

    private mutating func flush() throws(ExportError<SinkError>) {
        let bytes = writer.take()
        guard !bytes.isEmpty else { return }
        do throws(SinkError) { try sink(bytes) } catch { throw .sink(error) }
    }
}
