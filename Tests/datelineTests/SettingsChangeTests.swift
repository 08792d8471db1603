import Testing
import Turns

@testable import dateline

/// What another reading of the settings comes to.
@Suite(.inTurn) struct SettingsChangeTests {
    private static func settings(_ flags: [Setting: String] = [:], file: String? = nil) throws -> Settings {
        let file = try file.map { try SettingsFile(path: "settings.json", bytes: Array($0.utf8)) }
        return try Settings.read(flags: flags, arguments: [], environment: [:], file: file)
    }

    @Test func `what can change is taken over, and what needs a restart stays as it was and is named`() throws {
        let old = try Self.settings(file: #"{"log": {"level": "info"}, "storage": {"readers": 8}}"#)
        let new = try Self.settings(file: #"{"log": {"level": "debug"}, "storage": {"readers": 4}, "http": {"port": 9000}}"#)
        let change = try SettingsChange(from: old, to: new)
        #expect(change.changed == [.logLevel] && change.awaitingRestart == [.httpPort, .storageReaders])
        #expect(change.settings.text(.logLevel) == "debug" && change.settings.integer(.storageReaders) == 8)
        #expect(change.settings.integer(.httpPort) == 8_080)
        // Asked once more, what waits for a restart still does.
        let again = try SettingsChange(from: change.settings, to: new)
        #expect(again.changed.isEmpty && again.awaitingRestart == [.httpPort, .storageReaders])
    }

    @Test func `another source of the same value changes nothing`() throws {
        let change = try SettingsChange(from: Self.settings([.httpPort: "9000"]), to: Self.settings(file: #"{"http.port": 9000}"#))
        #expect(change.changed.isEmpty && change.awaitingRestart.isEmpty)
    }

    @Test func `a value that is taken back is the default again`() throws {
        let change = try SettingsChange(from: Self.settings(file: #"{"http.cors_origins": "*"}"#), to: Self.settings(file: "{}"))
        #expect(change.changed == [.httpCorsOrigins] && change.settings.origins == nil)
    }

    @Test func `a file that is gone takes nothing back`() throws {
        let old = try Self.settings(file: "{}")
        #expect(throws: SettingsError("the settings file settings.json is gone")) {
            try SettingsChange(from: old, to: Self.settings())
        }
        #expect(try SettingsChange(from: Self.settings(), to: old).changed.isEmpty)
    }

    @Test func `all that the store and the listeners are made of needs a restart`() {
        let waiting = Set(Setting.allCases.filter(\.facts.needsRestart).map(\.rawValue))
        #expect(waiting.isSuperset(of: Setting.allCases.map(\.rawValue).filter { $0.hasPrefix("storage.") }))
        #expect(waiting.isSuperset(of: ["http.host", "http.port", "http.loops", "http.connections_max", "log.buffer_bytes_max"]))
        #expect(waiting.isDisjoint(with: ["log.level", "http.cors_origins", "http.body_bytes_max", "access.anonymous", "admin.token"]))
    }
}
