package import HTTPTypes

extension Response {
    /// A JSON text as the answer.
    package static func json(_ bytes: [UInt8], status: HTTPResponse.Status = .ok, fields: HTTPFields = [:]) -> Response {
        var fields = fields
        fields[.contentType] = "application/json"
        return Response(status: status, fields: fields, body: .bytes(bytes))
    }
}
