internal import ArgumentParser

/// Which settings a command takes as flags; from the environment and the file all are taken.
protocol SettingScope {
    static func includes(_ setting: Setting) -> Bool
}

enum EverySetting: SettingScope {
    static func includes(_ setting: Setting) -> Bool { true }
}

/// For commands that open the database.
enum DatabaseSettings: SettingScope {
    static func includes(_ setting: Setting) -> Bool {
        setting.rawValue.hasPrefix("storage.")
    }
}

/// For the import of a file, which has no body to bound.
enum ImportSettings: SettingScope {
    static func includes(_ setting: Setting) -> Bool {
        DatabaseSettings.includes(setting) || [.importLineBytesMax, .importBatchMax, .jsonDepthMax].contains(setting)
    }
}

/// For commands that call a server.
enum AddressSettings: SettingScope {
    static func includes(_ setting: Setting) -> Bool {
        setting == .httpHost || setting == .httpPort
    }
}

/// The settings as options of a command, and `--config`.
///
/// ArgumentParser learns the options of a type by reflecting an empty value of it, and fills them by decoding one. Both are answered here
/// from the table of settings, so that no setting is written down a second time.
struct SettingFlags<Scope: SettingScope>: ParsableArguments, CustomReflectable {
    private var options: [Setting: Option<String?>] = [:]
    private var config = Option<String?>(
        name: .customLong("config"),
        help: .init(
            "Settings file (environment: DATELINE_CONFIG; without either \(SettingsFile.standardPath), if there is one).", valueName: "file"
        ))

    init() {
        for setting in Setting.allCases where Scope.includes(setting) {
            options[setting] = Option<String?>(
                name: .init(setting.flags.map { .customLong($0) }), help: .init(setting.help, valueName: setting.valueName))
        }
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        for setting in Setting.allCases where Scope.includes(setting) {
            options[setting] = try container.decode(Option<String?>.self, forKey: Key(stringValue: setting.rawValue))
        }
        config = try container.decode(Option<String?>.self, forKey: Key(stringValue: "config"))
    }

    var customMirror: Mirror {
        let settings = Setting.allCases.compactMap { setting in options[setting].map { (setting.rawValue, $0 as Any) } }
        return Mirror(self, children: settings + [("config", config as Any)])
    }

    /// The settings that hold for this call of the program.
    func settings(environment: [String: String] = ProcessEnvironment.current) throws(SettingsError) -> Settings {
        let named = config.wrappedValue ?? environment["DATELINE_CONFIG"].flatMap { $0.isEmpty ? nil : $0 }
        let file = try SettingsFile.find(named: named)
        return try Settings.read(flags: options.compactMapValues(\.wrappedValue), environment: environment, file: file)
    }

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) {
            self.stringValue = stringValue
        }

        init?(intValue: Int) {
            nil
        }
    }
}

extension Setting {
    /// `Longest request head. (bytes; beyond it 431; default: 16384)`
    fileprivate var help: String {
        let facts = facts
        let remarks = [facts.unit?.rawValue, facts.status.map { "beyond it \($0)" }, facts.standard.map { "default: \($0)" }]
        let known = remarks.compactMap { $0 }.joined(separator: "; ")
        return facts.meaning.prefix(1).uppercased() + facts.meaning.dropFirst() + "." + (known.isEmpty ? "" : " (\(known))")
    }

    fileprivate var valueName: String {
        switch facts.values {
        case .text, .token: "text"
        case .origins: "origins"
        case .addresses: "addresses"
        case .path: "path"
        case .integer: "n"
        case .integerOrAuto: "n|auto"
        case .word(let words): words.joined(separator: "|")
        case .truth: "true|false"
        }
    }
}
