internal import ArgumentParser
internal import Newsroom
internal import Storage

/// `dateline check`: looks through the whole database for damage.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check the database: pages, references, migrations, the log against the tables, and the search index against the log.",
        discussion: """
            Findings are told on standard output, a line each; with any the status is 2. Reading costs its time: it looks at all.
            Quotations that are not verbatim in their article's body are remarked upon, and are no findings.
            """)

    @OptionGroup var flags: SettingFlags<DatabaseSettings>

    @Flag(help: "Make the search index anew from the log first. A server may run meanwhile; its searches find less until it is done.")
    var rebuildSearch = false

    func run() throws {
        let settings = try flags.settings()
        let path = settings.text(.storageDatabase)
        try OpenedStore.requireFile(path)
        if rebuildSearch { try rebuild(settings) }
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
        let remarks: [String]
        do throws(StoreOpeningError) {
            remarks = try QuoteCheck.remarks(path: path)
        } catch {
            throw Failure(error.message, status: .noInput)
        }
        for remark in remarks { try StandardStream.output.line("remark: \(remark)") }
        try StandardStream.output.line("\(path): sound")
    }

    private func rebuild(_ settings: Settings) throws {
        let opened = try OpenedStore(settings, mustExist: true)
        let outcome = waiting {
            let outcome: Result<Int64, StoreError>
            do throws(StoreError) {
                outcome = .success(try await opened.store.rebuildSearch())
            } catch {
                outcome = .failure(error)
            }
            await opened.close()
            return outcome
        }
        switch outcome {
        case .success(let sequence):
            try StandardStream.output.line("the search index was made anew from \(Int(sequence).counted("row")) of the log")
        case .failure(let error): throw Failure(error)
        }
    }
}
