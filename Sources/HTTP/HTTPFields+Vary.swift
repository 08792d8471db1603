package import HTTPTypes

extension HTTPFields {
    /// Adds the names of request fields that the answer depends on to its Vary (RFC 9110 §12.5.5), each of them once.
    package mutating func vary(by names: String...) {
        guard let present = self[.vary], !present.isEmpty else {
            self[.vary] = names.joined(separator: ", ")
            return
        }
        let listed = present.lowercased().split(separator: ",").map { $0.filter { $0 != " " && $0 != "\t" } }
        guard !listed.contains("*") else { return }
        let missing = names.filter { !listed.contains($0.lowercased()) }
        guard !missing.isEmpty else { return }
        self[.vary] = ([present] + missing).joined(separator: ", ")
    }
}
