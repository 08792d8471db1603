internal import ArgumentParser
internal import Glibc

/// The program.
@main
struct Dateline: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dateline",
        abstract: "A newsroom data server: articles, people, organizations and events as JSON over HTTP, kept in SQLite.",
        discussion: """
            Settings are flags, environment variables (DATELINE_…) or members of a settings file, in this order of strength; 'dateline \
            config' shows each with its source.
            """,
        version: Version.line,
        subcommands: [
            ServeCommand.self, MigrateCommand.self, ImportCommand.self, ExportCommand.self, BackupCommand.self, RestoreCommand.self,
            CheckCommand.self, TokenCommand.self, HealthcheckCommand.self,
            RoutesCommand.self, ConfigCommand.self, VersionCommand.self,
        ])

    /// Every command ends here: with status 0 only when it did all of its work.
    static func main() {
        StandardStream.openMissing()
        // A file that may not grow any more (setrlimit(2)) is an outcome of `write`, as a full disk is, and not a reason to end.
        signal(SIGXFSZ, SIG_IGN)
        do {
            try run()
        } catch {
            let failure = failure(for: error)
            // Nobody is left to tell when this cannot be written.
            for line in failure.lines { try? StandardStream.error.line("dateline: \(line)") }
            Glibc.exit(failure.status.rawValue)
        }
    }

    private static func run() throws {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            guard exitCode(for: error) == .success else { throw error }
            // Help, the version, or a completion script: what was asked for, thrown.
            try StandardStream.output.whole(Array(fullMessage(for: error).utf8) + [UInt8(ascii: "\n")])
        }
    }

    private static func failure(for error: any Error) -> Failure {
        switch error {
        case let failure as Failure: failure
        case let error as SettingsError: Failure(error.lines, status: .settings)
        case let error where exitCode(for: error) == .validationFailure:
            Failure("\(message(for: error)) ('dateline --help' lists what there is)", status: .usage)
        default: Failure(message(for: error))
        }
    }
}
