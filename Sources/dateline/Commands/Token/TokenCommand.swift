internal import ArgumentParser

/// `dateline token`: who may do what.
struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Make, list and revoke the tokens that clients show.",
        discussion: "A server that runs on the database knows of a change within some tens of milliseconds.",
        subcommands: [TokenCreateCommand.self, TokenListCommand.self, TokenRevokeCommand.self])
}
