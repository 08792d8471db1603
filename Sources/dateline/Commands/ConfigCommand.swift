internal import ArgumentParser

/// `dateline config`: each setting's value and where it came from.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Print each setting with its value and source; secrets are masked.")

    @Flag(help: "Print a settings file with every setting at its default instead.")
    var defaults = false

    @OptionGroup var flags: SettingFlags<EverySetting>

    func run() throws {
        if defaults { return try StandardStream.output.write(SettingsFile.standardText()) }
        let settings = try flags.settings()
        let rows = Setting.allCases.map { setting in
            let entry = settings.entry(setting)
            let value = setting.isSecret && entry.value != nil ? "********" : entry.value ?? "(not set)"
            return (key: setting.rawValue, value: value, source: entry.source.rawValue)
        }
        let keyWidth = rows.map(\.key.count).max() ?? 0
        let valueWidth = rows.map(\.value.count).max() ?? 0
        for row in rows {
            StandardStream.output.line("\(row.key.padded(to: keyWidth))  \(row.value.padded(to: valueWidth))  \(row.source)")
        }
    }
}

extension String {
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
