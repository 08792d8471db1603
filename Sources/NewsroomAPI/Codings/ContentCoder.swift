internal import Gzip
internal import HTTP
internal import HTTPTypes

/// Codes the bodies of answers with gzip, where the client takes that and it pays (RFC 9110 §8.4).
struct ContentCoder: Sendable {
    /// A body of fewer bytes stays as it is, unless the client takes nothing but gzip.
    let byteCountMin: Int

    /// The answer with its body coded, or as it was: then it has a Content-Encoding already, is of no type that shrinks, is too small, or
    /// has no body at all. Where the coding could have been another, `Vary` says so.
    ///
    /// A coded answer has an ETag of its own, `"7-9f86d081884c7d65-gzip"`: it is another representation (RFC 9110 §8.8.3.3).
    func coded(_ response: Response, as coding: AcceptedCoding) async -> Response {
        guard !response.isCodingSettled else { return response }
        let settling = settled(response, as: coding)
        var response = settling.response
        guard settling.awaitsBody, let body = await body(response.body, mustBeCoded: coding == .gzip) else { return response }
        response.body = body
        response.fields[.contentEncoding] = "gzip"
        if let tag = response.fields[.eTag], tag.hasSuffix("\"") { response.fields[.eTag] = "\(tag.dropLast())-gzip\"" }
        return response
    }

    /// The answer as it is when its body stays as it is, and whether that is yet to be coded: all that takes no time.
    func settled(_ response: Response, as coding: AcceptedCoding) -> (response: Response, awaitsBody: Bool) {
        var response = response
        response.isCodingSettled = true
        if !response.awaitsCoding {
            guard response.fields[.contentEncoding] == nil else { return (response, false) }
            guard let type = response.fields[.contentType] else {
                if response.status == .notModified { response.fields.vary(by: "Accept-Encoding") }
                return (response, false)
            }
            guard MediaType.compresses(type) else { return (response, false) }
            response.fields.vary(by: "Accept-Encoding")
        }
        guard coding == .gzip || coding == .gzipOrIdentity else { return (response, false) }
        switch response.body {
        case .none: return (response, false)
        case .bytes(let bytes): return (response, coding == .gzip || bytes.count >= byteCountMin)
        case .stream: return (response, true)
        }
    }

    private func body(_ body: ResponseBody, mustBeCoded: Bool) async -> ResponseBody? {
        switch body {
        case .none:
            return nil
        case .bytes(let bytes):
            return await GzipBody.bytes(of: bytes, upTo: mustBeCoded ? .max : bytes.count).map { .bytes($0) }
        case .stream(let produce):
            return .stream { sink in try await GzipSink.run(produce, to: sink) }
        }
    }
}
