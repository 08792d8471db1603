/// What another reading of the settings comes to for a server that runs.
struct SettingsChange {
    /// What holds from now on: the new values of what can change, and the old ones of what needs a restart.
    let settings: Settings
    /// Those whose values are new, in the order of the table.
    let changed: [Setting]
    /// Those that were given another value, which the next start takes over.
    let awaitingRestart: [Setting]

    /// - Throws: that the file is gone. Nobody takes all of its settings back by that; it is rather about to be replaced.
    init(from old: Settings, to new: Settings) throws(SettingsError) {
        if let path = old.filePath, new.filePath == nil { throw SettingsError("the settings file \(path) is gone") }
        let different = Setting.allCases.filter { old.entry($0).value != new.entry($0).value }
        changed = different.filter { !$0.facts.needsRestart }
        awaitingRestart = different.filter(\.facts.needsRestart)
        settings = new.keeping(awaitingRestart, of: old)
    }
}

extension Settings {
    fileprivate func keeping(_ kept: [Setting], of old: Settings) -> Settings {
        let entries = Setting.allCases.map { ($0, kept.contains($0) ? old.entry($0) : entry($0)) }
        return Settings(entries: Dictionary(uniqueKeysWithValues: entries), filePath: filePath)
    }
}
