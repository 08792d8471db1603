internal import Newsroom

/// Writes the Prometheus text format, version 0.0.4: families one after another, each with its HELP and TYPE, lines ended by LF.
struct ExpositionWriter {
    enum FamilyType: String {
        case counter, gauge, histogram
    }

    private(set) var bytes: [UInt8] = []
    private var name = ""

    init(reserving byteCount: Int) {
        bytes.reserveCapacity(byteCount)
    }

    /// Begins a family; its samples follow, and no family begins twice.
    mutating func family(_ name: String, _ type: FamilyType, help: String) {
        self.name = name
        line("# HELP \(name) \(help)")
        line("# TYPE \(name) \(type.rawValue)")
    }

    /// One sample of the family that was begun last; `suffix` is a histogram's `_bucket`, `_sum` or `_count`.
    mutating func sample(_ value: String, suffix: String = "", labels: [(name: String, value: String)] = []) {
        guard !labels.isEmpty else { return line("\(name)\(suffix) \(value)") }
        let pairs = labels.map { "\($0.name)=\"\(ExpositionWriter.escaped($0.value))\"" }.joined(separator: ",")
        line("\(name)\(suffix){\(pairs)} \(value)")
    }

    /// A family of one sample without labels.
    mutating func single(_ name: String, _ type: FamilyType, help: String, _ value: some BinaryInteger) {
        family(name, type, help: help)
        sample(String(value))
    }

    /// A family of one histogram without labels.
    mutating func histogram(_ name: String, help: String, _ distribution: Distribution, _ text: (UInt64) -> String) {
        family(name, .histogram, help: help)
        var sum: UInt64 = 0
        for (slot, count) in distribution.counts.enumerated() {
            sum += count
            let bound = slot < distribution.bounds.count ? text(distribution.bounds[slot]) : "+Inf"
            sample(String(sum), suffix: "_bucket", labels: [(name: "le", value: bound)])
        }
        sample(text(distribution.sum), suffix: "_sum")
        sample(String(sum), suffix: "_count")
    }

    static func seconds(nanoseconds: UInt64) -> String {
        String(Double(nanoseconds) / 1e9)
    }

    private mutating func line(_ text: String) {
        bytes.append(contentsOf: text.utf8)
        bytes.append(UInt8(ascii: "\n"))
    }

    private static func escaped(_ value: String) -> String {
        var text = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\": text += "\\\\"
            case "\"": text += "\\\""
            case "\n": text += "\\n"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
