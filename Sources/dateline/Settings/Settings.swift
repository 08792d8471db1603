/// The settings as they hold: each with its value and where it came from.
package struct Settings: Sendable {
    private let entries: [Setting: Entry]
    /// The settings file that was read; nil: none was there.
    let filePath: String?

    /// The value of one setting; nil: not set and without a default.
    struct Entry: Sendable, Equatable {
        var value: String?
        var source: Source
    }

    /// Where a value came from, the strongest first.
    package enum Source: String, Sendable, CaseIterable {
        case flag, environment, file
        case standard = "default"
    }

    /// - Parameter entries: one for each setting, its value checked.
    init(entries: [Setting: Entry], filePath: String? = nil) {
        precondition(entries.count == Setting.allCases.count, "each setting has an entry")
        self.entries = entries
        self.filePath = filePath
    }

    func entry(_ setting: Setting) -> Entry {
        guard let entry = entries[setting] else { preconditionFailure("each setting has an entry") }
        return entry
    }

    /// The value of a setting that is never without one.
    func text(_ setting: Setting) -> String {
        guard let value = entry(setting).value else { preconditionFailure("\(setting.rawValue) has no default") }
        return value
    }

    /// The value of a setting that may be without one, or whose value `auto` says so.
    func optionalText(_ setting: Setting) -> String? {
        let value = entry(setting).value
        return value == "auto" ? nil : value
    }

    func integer(_ setting: Setting) -> Int {
        guard let integer = Int(text(setting)) else { preconditionFailure("\(setting.rawValue) is no integer setting") }
        return integer
    }

    func optionalInteger(_ setting: Setting) -> Int? {
        optionalText(setting).flatMap { Int($0) }
    }

    /// A setting whose unit is milliseconds.
    func duration(_ setting: Setting) -> Duration {
        assert(setting.facts.unit == .milliseconds, "\(setting.rawValue) is no duration")
        return .milliseconds(integer(setting))
    }

    func truth(_ setting: Setting) -> Bool {
        text(setting) == "true"
    }

    /// What may be shown of a value: a secret's is masked. Nil: not set.
    func shownValue(of setting: Setting) -> String? {
        entry(setting).value.map { setting.isSecret ? "********" : $0 }
    }
}

/// Settings that cannot be: what the operator is told, a line for each of them.
struct SettingsError: Error, Equatable {
    var lines: [String]

    init(_ lines: [String]) {
        self.lines = lines
    }

    init(_ line: String) {
        self.init([line])
    }
}
