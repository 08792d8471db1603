package import HTTP
internal import Synchronization

/// What answers from before the store is open: every route of the API, over no store, so that the process lives, is not ready, and has 503
/// for everything else. Once told to, it hands every request on.
///
/// For a server that listens before its store is open, as a long migration asks for.
package final class StartingResponder: Responder {
    private final class Successor: Sendable {
        let responder: any Responder
        init(_ responder: any Responder) { self.responder = responder }
    }

    private let successor = AtomicLazyReference<Successor>()
    private let api: NewsroomAPI

    package init(access: Access, program: ProgramState, limits: APILimits = APILimits(), origins: AllowedOrigins? = nil) {
        api = NewsroomAPI(ClosedNewsroom(), access: access, program: program, limits: limits, origins: origins, report: { _ in })
    }

    /// Hands every request on to `responder` from now on. The first call decides.
    package func begin(_ responder: any Responder) {
        _ = successor.storeIfNil(Successor(responder))
    }

    package func respond(to request: Request) async -> Response {
        if let successor = successor.load() { return await successor.responder.respond(to: request) }
        return await api.respond(to: request)
    }

    package func refuse(_ request: Request, with problem: Problem) async -> Response {
        await api.refuse(request, with: problem)
    }
}
