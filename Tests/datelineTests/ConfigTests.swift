import Testing
import Turns
import dateline

/// Where settings come from.
@Suite(.inTurn, .serialized, .ownThread, .timeLimit(.minutes(60))) struct ConfigTests {
    @Test func `a flag beats the environment, which beats the file, which beats the default`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(#"{"http": {"port": 1, "host": "::1", "idle_ms": 100}}"#, to: "settings.json")
        let rows = try Self.rows(
            ["--config", file, "--http-port", "3"], in: folder, environment: ["DATELINE_HTTP_PORT": "2", "DATELINE_HTTP_HOST": "::"])
        #expect(rows["http.port"] == ["3", "flag"])
        #expect(rows["http.host"] == ["::", "environment"])
        #expect(rows["http.idle_ms"] == ["100", "file"])
        #expect(rows["http.head_ms"] == ["10000", "default"])
    }

    @Test func `every setting can be given by flag, environment and file, and by its short name`() throws {
        let folder = try TemporaryFolder()
        let values = Setting.allCases.filter { $0 != .adminToken }.map { setting in
            let isOfNetworks = setting == .accessTrustedProxies || setting == .webhooksAllowedAddresses
            let other = isOfNetworks ? "10.0.0.0/8,::1" : "https://desk.example"
            return (setting: setting, value: setting.facts.standard == "auto" ? "1" : setting.facts.standard ?? other)
        }
        for short in [false, true] {
            let given = values.filter { !short || $0.setting.flags.count > 1 }
            let flags = given.flatMap { ["--\($0.setting.flags[short ? 1 : 0])", $0.value] }
            let variables = given.map { ($0.setting.environmentNames[short ? 1 : 0], $0.value) }
            let byFlag = try Self.rows(flags, in: folder)
            let byEnvironment = try Self.rows([], in: folder, environment: Dictionary(uniqueKeysWithValues: variables))
            for (setting, value) in given {
                #expect(byFlag[setting.rawValue] == [value, "flag"])
                #expect(byEnvironment[setting.rawValue] == [value, "environment"])
            }
        }
        let groups = Dictionary(grouping: values) { $0.setting.rawValue.split(separator: ".")[0] }.map { group, members in
            let pairs = members.map { "\"\($0.setting.rawValue.dropFirst(group.count + 1))\": \"\($0.value)\"" }
            return "\"\(group)\": {\(pairs.joined(separator: ", "))}"
        }
        try folder.write("{\(groups.joined(separator: ", "))}", to: "settings.json")
        let byFile = try Self.rows(["--config", "settings.json"], in: folder)
        for (setting, value) in values { #expect(byFile[setting.rawValue] == [value, "file"]) }
    }

    @Test func `a secret is masked wherever it comes from`() throws {
        let folder = try TemporaryFolder()
        let ending = try Program.run(["config"], in: folder, environment: ["DATELINE_ADMIN_TOKEN": RunningServer.token])
        #expect(ending.status == 0)
        #expect(!ending.output.contains(RunningServer.token))
        #expect(ending.output.contains("admin.token") && ending.output.contains("********"))
    }

    @Test func `the settings file in the working directory is found`() throws {
        let folder = try TemporaryFolder()
        try folder.makeFolder("config")
        try folder.write(#"{"http": {"port": 81}}"#, to: "config/dateline.json")
        #expect(try Self.rows([], in: folder)["http.port"] == ["81", "file"])
        try folder.write(#"{"http": {"port": 82}}"#, to: "other.json")
        #expect(try Self.rows([], in: folder, environment: ["DATELINE_CONFIG": "other.json"])["http.port"] == ["82", "file"])
    }

    @Test(arguments: [
        (#"{"http": {"prot": 1}}"#, "unknown setting http.prot (did you mean http.port?) in the settings file settings.json"),
        (#"{"http": 1}"#, "http must be an object of settings in the settings file settings.json"),
        (#"{"http": {"port": 1.5}}"#, "http.port must be a text, a whole number, true or false in the settings file settings.json"),
        (#"{"http": {"port": "x"}}"#, "http.port in settings.json must be a whole number from 0 to 65535, not 'x'"),
        (#"{"http": {"port": 9}, "http.port": 10}"#, "http.port is given twice in the settings file settings.json"),
        (#"{"http.port": null, "http": {"port": 9}}"#, "http.port is given twice in the settings file settings.json"),
        ("[]", "the settings file settings.json must be one JSON object"),
        ("{", "the settings file settings.json is not JSON: unexpected end of text at line 1, column 2"),
    ])
    func `a settings file that cannot be`(_ text: String, _ message: String) throws {
        let folder = try TemporaryFolder()
        try folder.write(text, to: "settings.json")
        let ending = try Program.run(["config", "--config", "settings.json"], in: folder)
        #expect(ending.status == 78)
        #expect(ending.errors == "dateline: \(message)\n")
    }

    @Test func `a settings file may name a setting by its whole key`() throws {
        let folder = try TemporaryFolder()
        try folder.write(#"{"http.port": 83, "http": {"host": "::1"}}"#, to: "settings.json")
        let rows = try Self.rows(["--config", "settings.json"], in: folder)
        #expect(rows["http.port"] == ["83", "file"] && rows["http.host"] == ["::1", "file"])
    }

    @Test func `one value is printed alone, as it is`() throws {
        let folder = try TemporaryFolder()
        let environment = ["DATELINE_ADMIN_TOKEN": RunningServer.token]
        let cases: [([String], String)] = [
            (["storage.database", "--database", "my news.db"], "my news.db\n"), (["http.port"], "8080\n"),
            (["http.port", "--port", "0"], "0\n"), (["--port", "7", "http.port"], "7\n"), (["admin.token"], "********\n"),
        ]
        for (arguments, output) in cases {
            let ending = try Program.run(["config"] + arguments, in: folder, environment: environment)
            #expect(ending == .init(status: 0, output: output, errors: ""))
        }
        #expect(try Program.run(["config", "admin.token"], in: folder) == .init(status: 0, output: "\n", errors: ""))
    }

    @Test(arguments: [
        (["http.prot"], "unknown setting http.prot (did you mean http.port?)"),
        (["http.port", "--defaults"], "--defaults prints all settings: it takes no name"),
        (["http.port", "--markdown"], "--markdown prints all settings: it takes no name"),
        (["--defaults", "--markdown"], "--defaults and --markdown are two things to print"),
    ])
    func `a name that config cannot print is one line and status 64`(_ arguments: [String], _ message: String) throws {
        let ending = try Program.run(["config"] + arguments, in: try TemporaryFolder())
        #expect(ending.status == 64)
        #expect(ending.errors.hasPrefix("dateline: \(message)") && ending.errors.split(separator: "\n").count == 1, "\(ending.errors)")
    }

    @Test(arguments: ["DATELINE_PORT", "DATELINE_HTTP_PORT"])
    func `a value that will not do is told by the name that it was given by`(_ name: String) throws {
        let ending = try Program.run(["config"], in: try TemporaryFolder(), environment: [name: "x"])
        #expect(ending.status == 78)
        #expect(ending.errors == "dateline: \(name) must be a whole number from 0 to 65535, not 'x'\n")
    }

    @Test func `the image's settings leave every name of theirs to the environment and to flags`() throws {
        let folder = try TemporaryFolder()
        let file = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/config/container.json"
        let rows = try Self.rows(["--config", file], in: folder)
        #expect(rows["http.host"] == ["0.0.0.0", "file"] && rows["storage.database"] == ["/data/dateline.db", "file"])
        let others = try Self.rows(["--config", file, "--host", "::"], in: folder, environment: ["DATELINE_DATABASE": "/data/news.db"])
        #expect(others["http.host"] == ["::", "flag"] && others["storage.database"] == ["/data/news.db", "environment"])
    }

    @Test func `an environment variable that is nobody's is refused with the nearest`() throws {
        let ending = try Program.run(["config"], in: try TemporaryFolder(), environment: ["DATELINE_HTPP_PORT": "1"])
        #expect(ending.status == 78)
        #expect(ending.errors == "dateline: unknown environment variable DATELINE_HTPP_PORT, did you mean DATELINE_HTTP_PORT?\n")
    }

    @Test func `what Kubernetes tells of a service called dateline is not taken for settings`() throws {
        let environment = [
            "DATELINE_SERVICE_HOST": "10.0.0.1", "DATELINE_SERVICE_PORT": "80", "DATELINE_SERVICE_PORT_HTTP": "80",
            "DATELINE_PORT": "tcp://10.0.0.1:80", "DATELINE_PORT_80_TCP": "tcp://10.0.0.1:80", "DATELINE_PORT_80_TCP_ADDR": "10.0.0.1",
        ]
        #expect(try Self.rows([], in: try TemporaryFolder(), environment: environment)["http.port"] == ["8080", "default"])
    }

    @Test func `the defaults are a settings file`() throws {
        let folder = try TemporaryFolder()
        let defaults = try Program.run(["config", "--defaults"], in: folder)
        #expect(defaults.status == 0)
        try folder.write(defaults.output, to: "settings.json")
        let rows = try Self.rows(["--config", "settings.json"], in: folder)
        for setting in Setting.allCases {
            guard let standard = setting.facts.standard else { continue }
            #expect(rows[setting.rawValue] == [standard, "file"])
        }
    }

    @Test(arguments: ["10.0.0.0/33", "proxy.example", "10.0.0.1,", "10.1.2.3/8"])
    func `proxies that are no addresses are refused with what they look like`(_ value: String) throws {
        let ending = try Program.run(["config", "--access-trusted-proxies", value], in: try TemporaryFolder())
        #expect(ending.status == 78)
        let message =
            "--access-trusted-proxies must be addresses by comma, each with the number of the bits that count where they are not all, "
            + "and no other bit set: 10.1.0.0/16, ::1, not '\(value)'"
        #expect(ending.errors == "dateline: \(message)\n")
    }

    /// What `dateline config` prints: key → value and source.
    private static func rows(
        _ flags: [String], in folder: TemporaryFolder, environment: [String: String] = [:]
    ) throws -> [String: [String]] {
        let ending = try Program.run(["config"] + flags, in: folder, environment: environment)
        guard ending.status == 0 else { throw Failed(ending.errors) }
        let rows = ending.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], Array($0.dropFirst())) })
    }
}
