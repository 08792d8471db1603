internal import Configuration
internal import Newsroom
internal import Locks

extension Settings {
    /// The settings from where they can stand: flag > environment > file > default.
    ///
    /// - Parameters:
    ///   - flags: what the command line gave.
    ///   - arguments: the command line itself, to call a flag as it was written there.
    ///   - environment: all of the environment; names that begin with `DATELINE_` and are none of ours are refused.
    ///   - file: what the settings file gave.
    /// - Throws: each name that is unknown and each value that will not do, where it stands, a line for each.
    static func read(
        flags: [Setting: String], arguments: [String] = CommandLine.arguments, environment: [String: String], file: SettingsFile?
    ) throws(SettingsError) -> Settings {
        let variables = try EnvironmentSettings.named(environment)
        let standards = Setting.allCases.compactMap { setting in setting.facts.standard.map { (setting, $0) } }
        let sources: [(source: Source, provider: any ConfigProvider)] = [
            (.flag, InMemoryProvider(flags)),
            (.environment, EnvironmentVariablesProvider(environmentVariables: variables).prefixKeys(with: "dateline")),
            (.file, InMemoryProvider(file?.values ?? [:])),
            (.standard, InMemoryProvider(Dictionary(uniqueKeysWithValues: standards))),
        ]
        let trail = Trail()
        let reader = ConfigReader(providers: sources.map(\.provider), accessReporter: trail)
        var entries: [Setting: Entry] = [:]
        var complaints: [String] = []
        for setting in Setting.allCases {
            let value = reader.string(forKey: ConfigKey(setting.components), isSecret: setting.isSecret)
            let source = sources[trail.providerIndex() ?? sources.count - 1].source
            entries[setting] = Entry(value: value, source: source)
            if let value, let wanted = setting.facts.values.complaint(about: value) {
                let name = setting.name(in: source, arguments: arguments, environment: environment, file: file)
                complaints.append("\(name) must be \(wanted)\(setting.isSecret ? "" : ", not '\(value)'")")
            }
        }
        guard complaints.isEmpty else { throw SettingsError(complaints) }
        return Settings(entries: entries, filePath: file?.path)
    }
}

extension Setting {
    /// What a setting is called where its value was given: by the long or the short name, as it was written.
    fileprivate func name(
        in source: Settings.Source, arguments: [String], environment: [String: String], file: SettingsFile?
    ) -> String {
        switch source {
        case .flag:
            // The last one counts; its value may follow a `=`.
            arguments.compactMap { argument in flags.map { "--\($0)" }.first { argument == $0 || argument.hasPrefix("\($0)=") } }.last
                ?? "--\(flags[0])"
        case .environment: environmentNames.first { environment[$0].map { !$0.isEmpty } ?? false } ?? environmentNames[0]
        case .file: "\(rawValue) in \(file?.path ?? "")"
        case .standard: rawValue
        }
    }
}

extension InMemoryProvider {
    fileprivate init(_ values: [Setting: String]) {
        self.init(
            values: Dictionary(
                uniqueKeysWithValues: values.map { setting, value in
                    (AbsoluteConfigKey(setting.components), ConfigValue(.string(value), isSecret: setting.isSecret))
                }))
    }
}

/// Which provider answered the last look-up: what `ConfigReader` tells nobody else.
private final class Trail: AccessReporter {
    private let last = Lock<Int?>(nil)

    func report(_ event: AccessEvent) {
        let index = event.providerResults.firstIndex { ((try? $0.result.get())?.value) != nil }
        last.withLock { $0 = index }
    }

    func providerIndex() -> Int? {
        last.withLock { $0 }
    }
}

/// The part of the environment that speaks to us.
enum EnvironmentSettings {
    /// Names that begin as ours and are read elsewhere.
    static let otherNames = ["DATELINE_CONFIG"]

    /// The variables of settings, under their full names. One that is set to nothing counts as not set.
    ///
    /// - Throws: a name that begins with `DATELINE_` and is none of ours, with the nearest that is; a setting given twice.
    static func named(_ environment: [String: String]) throws(SettingsError) -> [String: String] {
        let known = Setting.allCases.flatMap { setting in setting.environmentNames.map { ($0, setting.environmentNames[0]) } }
        let names = Dictionary(uniqueKeysWithValues: known)
        var variables: [String: String] = [:]
        var complaints: [String] = []
        for (name, value) in environment.sorted(by: { $0.key < $1.key }) where name.hasPrefix(Setting.environmentPrefix) {
            if value.isEmpty || otherNames.contains(name) || isServiceLink(name, value) { continue }
            guard let full = names[name] else {
                let nearest = Nearest.name(to: name, in: (known.map(\.0) + otherNames).map { $0.lowercased() })
                complaints.append("unknown environment variable \(name)" + (nearest.map { ", did you mean \($0.uppercased())?" } ?? ""))
                continue
            }
            if let other = variables[full], other != value {
                complaints.append("\(full) and its short name have different values")
            }
            variables[full] = value
        }
        guard complaints.isEmpty else { throw SettingsError(complaints) }
        return variables
    }

    /// Kubernetes and Docker links describe a service called `dateline` by variables that look like ours: `DATELINE_SERVICE_HOST`,
    /// `DATELINE_PORT_8080_TCP_ADDR`, and `DATELINE_PORT` itself as `tcp://10.0.0.1:8080`.
    private static func isServiceLink(_ name: String, _ value: String) -> Bool {
        let rest = name.dropFirst(Setting.environmentPrefix.count)
        if rest == "PORT" { return value.contains("://") }
        return rest.hasPrefix("SERVICE_HOST") || rest.hasPrefix("SERVICE_PORT")
            || rest.hasPrefix("PORT_") && (rest.contains("_TCP") || rest.contains("_UDP"))
    }
}
