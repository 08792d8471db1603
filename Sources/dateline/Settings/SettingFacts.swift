internal import Addresses
internal import HTTP
internal import Newsroom

/// What a setting is: its values, default, unit, meaning, and the HTTP status that a limit yields.
package struct SettingFacts: Sendable {
    package let values: SettingValues
    /// The default as text; nil: not set.
    package let standard: String?
    package let meaning: String
    package let unit: Unit?
    /// What a client gets that goes beyond the limit.
    package let status: Int?
    /// A second name, without the group: flag `--port`, environment `DATELINE_PORT`.
    package let short: String?
    /// Whether another value is taken over by a new start alone. All others a running server takes over at SIGHUP.
    package let needsRestart: Bool

    package enum Unit: String, Sendable {
        case bytes
        case bytesPerSecond = "bytes a second"
        case milliseconds
    }

    init(
        _ values: SettingValues, _ standard: String?, _ meaning: String, unit: Unit? = nil, status: Int? = nil, short: String? = nil,
        needsRestart: Bool = false
    ) {
        self.values = values
        self.standard = standard
        self.meaning = meaning
        self.unit = unit
        self.status = status
        self.short = short
        self.needsRestart = needsRestart
    }
}

/// Which texts are values of a setting.
package enum SettingValues: Sendable, Equatable {
    case text
    case path
    case integer(ClosedRange<Int>)
    /// An integer, or `auto`.
    case integerOrAuto(ClosedRange<Int>)
    case word([String])
    /// `true` or `false`.
    case truth
    /// Origins by comma, or `*`.
    case origins
    /// Blocks of addresses by comma.
    case addresses
    /// A secret: 16 visible ASCII characters or more.
    case token

    /// What is expected of a value, for messages; nil when this one will do.
    func complaint(about value: String) -> String? {
        switch self {
        case .text, .path:
            value.isEmpty || value.utf8.contains(0) ? "a text that is not empty" : nil
        case .integer(let range):
            Self.integer(value).map(range.contains) == true ? nil : Self.description(of: range)
        case .integerOrAuto(let range):
            value == "auto" || Self.integer(value).map(range.contains) == true ? nil : "auto, or \(Self.description(of: range))"
        case .word(let words):
            words.contains(value) ? nil : "one of \(words.joined(separator: ", "))"
        case .truth:
            value == "true" || value == "false" ? nil : "true or false"
        case .origins:
            AllowedOrigins(value) == nil ? AllowedOrigins.form : nil
        case .addresses:
            AddressBlock.list(value) == nil ? AddressBlock.listForm : nil
        case .token:
            value.utf8.count >= 16 && value.utf8.count <= 512 && value.utf8.allSatisfy { 0x21...0x7E ~= $0 }
                ? nil : "16 to 512 visible ASCII characters without spaces"
        }
    }

    /// Digits alone, with a sign at the most: what `Int` takes, but for a leading `+`.
    private static func integer(_ text: String) -> Int? {
        text.hasPrefix("+") ? nil : Int(text)
    }

    private static func description(of range: ClosedRange<Int>) -> String {
        "a whole number from \(range.lowerBound) to \(range.upperBound)"
    }
}

extension Setting {
    /// The key's group and name: `["http", "port"]`.
    var components: [String] { rawValue.split(separator: ".").map(String.init) }

    /// The flags without their dashes, the short one last: `["http-port", "port"]`.
    package var flags: [String] {
        [String(rawValue.map { $0 == "." || $0 == "_" ? "-" : $0 })] + (facts.short.map { [$0] } ?? [])
    }

    /// The environment variables, the short one last: `["DATELINE_HTTP_PORT", "DATELINE_PORT"]`.
    package var environmentNames: [String] {
        [Self.environmentPrefix + String(rawValue.map { $0 == "." ? "_" : $0 }).uppercased()]
            + (facts.short.map { [Self.environmentPrefix + $0.uppercased()] } ?? [])
    }

    /// `unknown setting http.prot (did you mean http.port?)`
    static func complaint(aboutUnknown name: String) -> String {
        let nearest = Nearest.name(to: name, in: allCases.map(\.rawValue))
        return "unknown setting \(name)" + (nearest.map { " (did you mean \($0)?)" } ?? "")
    }

    static let environmentPrefix = "DATELINE_"

    var isSecret: Bool { facts.values == .token }
}
