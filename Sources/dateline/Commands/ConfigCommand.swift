internal import ArgumentParser

/// `dateline config`: each setting's value and where it came from; `dateline config NAME`: one value alone, for scripts.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Print each setting with its value and source, or the value of one; secrets are masked.")

    @Argument(help: "The setting whose value is printed alone, such as http.port; one that is not set is an empty line.")
    var name: String?

    @Flag(help: "Print a settings file with every setting at its default instead.")
    var defaults = false

    @Flag(help: "Print docs/settings.md instead: what there is to know of each setting.")
    var markdown = false

    @OptionGroup var flags: SettingFlags<EverySetting>

    func validate() throws {
        if defaults, markdown { throw ValidationError("--defaults and --markdown are two things to print") }
        if defaults, name != nil { throw ValidationError("--defaults prints all settings: it takes no name") }
        if markdown, name != nil { throw ValidationError("--markdown prints all settings: it takes no name") }
    }

    func run() throws {
        if markdown { return try StandardStream.output.whole(Array(SettingsDocument.text.utf8)) }
        if defaults { return try StandardStream.output.whole(SettingsFile.standardText()) }
        let settings = try flags.settings()
        if let name {
            guard let setting = Setting(rawValue: name) else { throw Failure(Setting.complaint(aboutUnknown: name), status: .usage) }
            return try StandardStream.output.whole(Array("\(settings.shownValue(of: setting) ?? "")\n".utf8))
        }
        let rows = Setting.allCases.map { setting in
            (setting.rawValue, settings.shownValue(of: setting) ?? "(not set)", settings.entry(setting).source.rawValue)
        }
        try Self.print(rows)
    }

    private static func print(_ rows: [(key: String, value: String, source: String)]) throws(Failure) {
        let keyWidth = rows.map(\.key.count).max() ?? 0
        let valueWidth = rows.map(\.value.count).max() ?? 0
        for row in rows {
            try StandardStream.output.line("\(row.key.padded(to: keyWidth))  \(row.value.padded(to: valueWidth))  \(row.source)")
        }
    }
}

extension String {
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
