internal import ArgumentParser

/// `dateline healthcheck`: asks the server of these settings whether it is ready. What a container's health check calls: no curl needed.
struct HealthcheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "healthcheck", abstract: "Ask the running server for /readyz; status 0 when it is ready.")

    @OptionGroup var flags: SettingFlags<AddressSettings>

    func run() throws {
        let settings = try flags.settings()
        let (host, port) = (settings.text(.httpHost), settings.integer(.httpPort))
        let status: Int
        do {
            status = try Probe.status(of: "/readyz", host: host, port: port, within: .seconds(3))
        } catch Probe.Refusal.late {
            throw Failure("no answer from \(host) port \(port) within 3 s", status: .unavailable)
        } catch {
            throw Failure("no answer from \(host) port \(port): \(error)", status: .unavailable)
        }
        guard status == 200 else { throw Failure("not ready: \(status)", status: .failed) }
        try StandardStream.output.line("ready")
    }
}
