internal import ArgumentParser
internal import Storage

/// `dateline check`: looks through the whole database for damage.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check the database: pages, references, migrations, and the log against the tables.",
        discussion: "Findings are told on standard output, a line each; with any the status is 2. Reading costs its time: it looks at all.")

    @OptionGroup var flags: SettingFlags<DatabaseSettings>

    func run() throws {
        let settings = try flags.settings()
        let path = settings.text(.storageDatabase)
        try OpenedStore.requireFile(path)
        let findings: [String]
        do throws(StoreOpeningError) {
            findings = try StoreCheck.run(path: path)
        } catch {
            throw Failure(error.message, status: .noInput)
        }
        for finding in findings { try StandardStream.output.line(finding) }
        guard findings.isEmpty else {
            throw Failure("\(path): \(findings.count.counted("finding"))", status: .findings)
        }
        try StandardStream.output.line("\(path): sound")
    }
}
