internal import HTTP
internal import HTTPTypes

/// The fields of the protocol, made once for each origin that is allowed.
struct CrossOriginFields: Sendable {
    private let origins: AllowedOrigins
    private let ofListed: [String: PreparedFields]
    private let ofOthers: PreparedFields

    init(_ origins: AllowedOrigins) {
        self.origins = origins
        if case .listed(let listed) = origins {
            ofListed = Dictionary(uniqueKeysWithValues: listed.map { ($0, PreparedFields(Self.ofAnswer(to: $0, origins))) })
        } else {
            ofListed = [:]
        }
        ofOthers = PreparedFields(Self.ofAnswer(to: nil, origins))
    }

    /// What lets scripts of this origin read an answer; for others what tells caches that it depends on that.
    func ofAnswer(to origin: String?) -> PreparedFields {
        origin.flatMap { ofListed[$0] } ?? ofOthers
    }

    /// What lets the browser of this origin send what it asks for.
    func ofPreflight(from origin: String, allowing methods: String?) -> PreparedFields {
        var fields = Self.naming(origin, origins)
        if fields.contains(.accessControlAllowOrigin) {
            fields[.accessControlAllowMethods] = methods
            fields[.accessControlAllowHeaders] = Self.read
            fields[.accessControlMaxAge] = Self.maxAgeSeconds
        }
        return PreparedFields(fields)
    }

    private static func ofAnswer(to origin: String?, _ origins: AllowedOrigins) -> HTTPFields {
        var fields = naming(origin, origins)
        if fields.contains(.accessControlAllowOrigin) { fields[.accessControlExposeHeaders] = exposed }
        return fields
    }

    /// Names the origin, if it is allowed.
    private static func naming(_ origin: String?, _ origins: AllowedOrigins) -> HTTPFields {
        var fields: HTTPFields = [:]
        // A list makes the answer depend on who asks; `*` is the same for all, those without an origin too.
        if origins != .any { fields[.vary] = "Origin" }
        guard let allowed = origins.allowing(origin) else { return fields }
        fields[.accessControlAllowOrigin] = allowed.origin
        if allowed.withCredentials { fields[.accessControlAllowCredentials] = "true" }
        return fields
    }

    /// What the API reads of a request.
    private static let read = """
        Accept, Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID, Prefer, X-Request-ID
        """
    private static let exposed = """
        ETag, Link, Location, Allow, Retry-After, X-Request-ID, Content-Encoding, WWW-Authenticate, Accept-Patch, Accept-Post, \
        Preference-Applied, Idempotent-Replayed, RateLimit, RateLimit-Policy
        """
    /// Two hours, which is what browsers take at most.
    private static let maxAgeSeconds = "7200"
}
