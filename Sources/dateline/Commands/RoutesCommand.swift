internal import ArgumentParser
internal import HTTPTypes
internal import Newsroom
internal import NewsroomAPI
internal import Routing

/// `dateline routes`: what the API answers.
struct RoutesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "routes", abstract: "Print the API's routes; HEAD comes with each GET, OPTIONS with each path.")

    func run() throws {
        for route in RouteList.rows {
            try StandardStream.output.line("\(route.method.padded(to: 6))  \(route.pattern.padded(to: 24))  \(route.summary)")
        }
    }
}

/// The API's routes as text, in the order of its own list.
package enum RouteList {
    package static var rows: [(method: String, pattern: String, summary: String)] {
        let state = ProgramState(version: Version.text, startedAt: Instant.now())
        let api = NewsroomAPI(ClosedNewsroom(), access: Access(adminToken: nil), program: state, report: { _ in })
        return api.routes.map { ($0.method.rawValue, $0.pattern.description, $0.summary) }
    }
}
