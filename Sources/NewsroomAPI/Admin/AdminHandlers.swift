internal import Documents
internal import HTTP
internal import HTTPTypes
internal import JSON
internal import Newsroom
internal import Routing

/// What whoever runs the server asks of it.
struct AdminHandlers: Sendable {
    let context: HandlerContext

    /// Where backups that are asked for over HTTP go; nil: there are none.
    let backupFolder: String?

    /// `POST /v1/admin/backup`: a copy of the database into the folder of backups, while all goes on. The answer comes when it is on disk.
    func backUp(_ request: Request, _ path: PathParameters) async throws(Problem) -> Response {
        _ = try context.access.admin(of: request)
        try request.checkAcceptsJSON()
        _ = try request.acceptedCoding()
        var parameters = try Parameters(of: request)
        let isPretty = parameters.flag("pretty")
        try parameters.finish(known: ["pretty"])
        try request.checkIsUnconditional()
        try request.checkIsPlain(repeating: "Give the backup a name: one that exists already is left alone.")
        let given = try await name(in: request)
        guard let backupFolder else {
            throw Problem(
                .backupRefused, detail: "This server has no folder for backups.",
                hint: "Start it with --backup-folder, or run 'dateline backup --to FILE' beside it.")
        }
        let name: String
        if let given { name = given } else { name = "dateline-\(try await newestSequence(request)).db" }
        let summary: BackupSummary
        do throws(BackupError) {
            summary = try await context.newsroom.backUp(to: "\(backupFolder)/\(name)")
        } catch {
            throw problem(error, request)
        }
        let value: JSONValue = [
            "name": .string(name), "bytes": .integer(Int64(summary.byteCount)), "sequence": .integer(summary.sequence),
        ]
        let fields: HTTPFields = [.contentType: "application/json", .cacheControl: "no-store"]
        return Response(status: .created, fields: fields, body: .bytes(JSONWriter.text(of: value, pretty: isPretty)))
    }

    /// The name that the client wants; nil where it says nothing.
    ///
    /// - Throws: 422 for anything but a plain name, and what reading a document throws.
    private func name(in request: Request) async throws(Problem) -> String? {
        if case .none = request.body { return nil }
        if request.fields[.contentType] == nil, try await request.body.collect(upTo: context.limits.bodyByteCountMax).isEmpty { return nil }
        let object = try await request.document(as: [.json], limits: context.limits)
        let strangers = object.members.filter { $0.name != "name" }
        guard strangers.isEmpty else {
            throw .invalid(
                strangers.map { MemberFailure(path: "/\($0.name)", rule: .unknownMember, message: "does not exist; there is name") })
        }
        switch object["name"] {
        case nil, .null?: return nil
        case .string(let name)? where AdminHandlers.isPlain(name): return name
        case .string?:
            throw .invalid([MemberFailure(path: "/name", rule: .invalidValue, message: AdminHandlers.form)])
        default: throw .invalid([MemberFailure(path: "/name", rule: .wrongType, message: "must be a string")])
        }
    }

    private static let form = "must be 4 to 100 of the characters A-Z a-z 0-9 . _ - that begin with a letter or digit and end with .db"

    /// Whether a name stays in its folder and is no hidden file, nor one that SQLite keeps beside another.
    static func isPlain(_ name: String) -> Bool {
        let bytes = Array(name.utf8)
        guard (4...100).contains(bytes.count), name.hasSuffix(".db"), let first = bytes.first, isLetterOrDigit(first) else { return false }
        return bytes.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        0x30...0x39 ~= byte || 0x41...0x5A ~= byte || 0x61...0x7A ~= byte
    }

    private func newestSequence(_ request: Request) async throws(Problem) -> Int64 {
        do { return try await context.newsroom.newestSequence() } catch { throw context.problem(error, request) }
    }

    private func problem(_ error: BackupError, _ request: Request) -> Problem {
        switch error {
        case .exists:
            return Problem(.backupRefused, detail: "A backup of this name exists; it was left alone.", hint: "Choose another name.")
        case .isRunning:
            return Problem(.backupRefused, detail: "Another backup runs.", hint: "Try again when it has ended.")
        case .diskFull:
            return Problem(.diskFull, detail: "There is no room for the backup.", fields: [.retryAfter: "30"])
        case .unreadable(let reason), .failed(let reason):
            context.report(StoreFailure(requestID: request.id, reason: "backup: \(reason)"))
            return Problem(.unavailable, detail: "The backup could not be made.", fields: [.retryAfter: "5"])
        }
    }
}
