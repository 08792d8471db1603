internal import ArgumentParser

/// `dateline version`.
struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "version", abstract: "Print the version.")

    func run() {
        StandardStream.output.line("dateline \(Version.text)")
    }
}
