import HTTPTypes
import JSON

extension Problem {
    /// The answer that tells this problem: `application/problem+json`, never cached, and with the request's id.
    ///
    /// - Parameters:
    ///   - instance: the request's path without its query; nil when the request could not be read so far.
    ///   - isPretty: whether the JSON is indented.
    package func response(instance: String?, requestID: RequestID, isPretty: Bool = false) -> Response {
        var answer = fields
        answer[.contentType] = "application/problem+json"
        answer[.cacheControl] = "no-store"
        let body = json(instance: instance, requestID: requestID, isPretty: isPretty)
        return Response(status: status, fields: answer, body: .bytes(body))
    }

    /// Fixed for the code (RFC 9457 §3.1.4); a code that is not listed has the title of its status.
    package var title: String {
        ProblemCode(rawValue: code)?.title ?? status.reasonPhrase
    }

    private func json(instance: String?, requestID: RequestID, isPretty: Bool) -> [UInt8] {
        var writer = JSONWriter(pretty: isPretty, reserving: 512)
        writer.beginObject()
        writer.name("type")
        writer.string("/docs/errors#\(code)")
        writer.name("title")
        writer.string(title)
        writer.name("status")
        writer.integer(Int64(status.code))
        writer.name("detail")
        writer.string(detail)
        if let instance {
            writer.name("instance")
            writer.string(instance)
        }
        writer.name("code")
        writer.string(code)
        if !errors.isEmpty { write(errors, to: &writer) }
        if let hint {
            writer.name("hint")
            writer.string(hint)
        }
        writer.name("request_id")
        writer.string(requestID.description)
        for member in extensions {
            writer.name(member.name)
            writer.value(member.value)
        }
        writer.endObject()
        return writer.finish()
    }

    private func write(_ errors: [MemberError], to writer: inout JSONWriter) {
        writer.name("errors")
        writer.beginArray()
        for error in errors {
            writer.beginObject()
            writer.name("path")
            writer.string(error.path)
            writer.name("code")
            writer.string(error.code)
            writer.name("message")
            writer.string(error.message)
            writer.endObject()
        }
        writer.endArray()
    }
}
