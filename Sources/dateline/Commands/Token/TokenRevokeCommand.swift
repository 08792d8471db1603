internal import ArgumentParser
internal import Newsroom

/// `dateline token revoke`: ends a token for good.
struct TokenRevokeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "End a token, for good and at once; its name may be given again.")

    @Option(help: "What it is called.")
    var name: String

    @OptionGroup var flags: SettingFlags<DatabaseSettings>

    func run() throws {
        let settings = try flags.settings()
        let name = name
        guard try OpenedStore(settings, mustExist: true).once({ tokens throws(StoreError) in try await tokens.revoke(named: name) }) else {
            throw Failure("there is no token named \(name)")
        }
        try StandardStream.output.line("\(name) is revoked")
    }
}
