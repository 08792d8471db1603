import JSON
import Newsroom

/// What an export says of resources beside what they say themselves.
struct ExportedJudgements<D: ResourceDocument> {
    /// What was merged, by pages.
    private(set) var merged: (ID<D.R>?, Int) throws(StoreError) -> [MergedResource<D.R>] = { _, _ in [] }
    private var pairs: () throws(StoreError) -> [DifferentPair<D.R>] = { [] }
    /// Of each resource those that it was judged different from and that come before it.
    private var different: [ID<D.R>: [ID<D.R>]] = [:]
    private var written: Set<ID<D.R>> = []

    init() {}

    init(
        _ merged: @escaping (ID<D.R>?, Int) throws(StoreError) -> [MergedResource<D.R>],
        _ pairs: @escaping () throws(StoreError) -> [DifferentPair<D.R>]
    ) {
        (self.merged, self.pairs) = (merged, pairs)
    }

    mutating func readPairs() throws(StoreError) {
        for pair in try pairs() {
            different[pair.one, default: []].append(pair.other)
            different[pair.other, default: []].append(pair.one)
        }
    }

    /// A record, and in it the pairs whose other one has been written: so each reference of a record leads back.
    mutating func write(_ resource: D.R, to writer: inout JSONWriter) {
        let id = resource.record.id
        guard let others = different[id] else { return writeLine(resource, [], to: &writer) }
        written.insert(id)
        let before = others.filter { written.contains($0) }.sorted().map { JSONValue.object(JSONObject([("id", .string($0.text))])) }
        writeLine(resource, before.isEmpty ? [] : [("different_from", .array(before))], to: &writer)
    }

    /// What is no more: who it was, and what it was merged into.
    func write(_ merged: MergedResource<D.R>, to writer: inout JSONWriter) {
        let survivor = JSONValue.object(JSONObject([("id", .string(merged.into.text))]))
        writeLine(merged.resource, [("merged_into", survivor)], to: &writer)
    }

    private func writeLine(_ resource: D.R, _ added: [(String, JSONValue)], to writer: inout JSONWriter) {
        defer { writer.endLine() }
        guard !added.isEmpty else { return D.write(resource, to: &writer, form: .export, selecting: nil) }
        var own = JSONWriter(reserving: 2_048)
        D.write(resource, to: &own, form: .export, selecting: nil)
        guard case .object(let object)? = try? JSONReader.read(own.finish(), limits: .ofOwnText) else { return }
        writer.value(.object(JSONObject(object.members + added.map { (name: $0.0, value: $0.1) })))
    }
}
