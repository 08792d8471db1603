import CCurl
import Glibc

/// One request on its way. It belongs to the client's thread, and libcurl holds its address until it is closed.
final class CurlTransfer {
    let id: UInt64
    let easy: UnsafeMutableRawPointer
    private let fields: UnsafeMutablePointer<curl_slist>?
    private let limits: CurlLimits
    private let allows: @Sendable (CurlAddress) -> Bool
    private let continuation: CurlClient.Continuation
    private var body: [UInt8] = []
    private var readByteCount = 0
    private var isCutOff = false
    private var isAddressRefused = false
    private var hasConnected = false

    /// Nil where libcurl does not take the request; then the continuation has been told.
    init?(
        _ submission: CurlClient.Submission, userAgent: String, limits: CurlLimits, allows: @escaping @Sendable (CurlAddress) -> Bool
    ) {
        guard let easy = curl_easy_init() else {
            submission.continuation.resume(returning: .failure(.noMemory))
            return nil
        }
        let request = submission.request
        id = submission.id
        self.easy = easy
        self.limits = limits
        self.allows = allows
        continuation = submission.continuation
        var fields: UnsafeMutablePointer<curl_slist>?
        // An empty value would take a field away that libcurl adds by itself. `Expect` is one: nobody waits for leave to send so little.
        for line in request.fields.map({ "\($0.name): \($0.value)" }) + ["Expect:"] { fields = curl_slist_append(fields, line) ?? fields }
        self.fields = fields
        let code = set(request, userAgent: userAgent)
        guard code == CURLE_OK else {
            finish(code)
            return nil
        }
    }

    /// Tells how it ended, and lets go of all that libcurl has of it.
    func finish(_ code: CURLcode) {
        continuation.resume(returning: outcome(code))
        close()
    }

    /// The same, whatever libcurl has to say.
    func end(_ error: CurlError) {
        continuation.resume(returning: .failure(error))
        close()
    }

    private func close() {
        curl_easy_cleanup(easy)
        curl_slist_free_all(fields)
    }

    private func set(_ request: CurlRequest, userAgent: String) -> CURLcode {
        let texts: [(CURLoption, String)] = [
            (CURLOPT_URL, request.url), (CURLOPT_PROTOCOLS_STR, "http,https"), (CURLOPT_USERAGENT, userAgent),
            // Nothing that the environment says of proxies holds here: what a proxy connects to, nobody could check.
            (CURLOPT_PROXY, ""), (CURLOPT_NOPROXY, "*"),
        ]
        let numbers: [(CURLoption, Int)] = [
            (CURLOPT_POST, 1), (CURLOPT_FOLLOWLOCATION, 0), (CURLOPT_NOSIGNAL, 1), (CURLOPT_SSL_VERIFYPEER, 1), (CURLOPT_SSL_VERIFYHOST, 2),
            // Who is looked up in vain by the end of the time is not waited for: the look-up's thread, libcurl's own, ends by itself.
            (CURLOPT_QUICK_EXIT, 1), (CURLOPT_DISALLOW_USERNAME_IN_URL, 1), (CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1),
            (CURLOPT_CONNECTTIMEOUT_MS, limits.connectWithin.wholeMilliseconds), (CURLOPT_TIMEOUT_MS, limits.within.wholeMilliseconds),
        ]
        for (option, value) in texts {
            let code = ccurl_set_text(easy, option, value)
            if code != CURLE_OK { return code }
        }
        for (option, value) in numbers {
            let code = ccurl_set_number(easy, option, value)
            if code != CURLE_OK { return code }
        }
        let context = Unmanaged.passUnretained(self).toOpaque()
        let codes = [
            request.body.withUnsafeBytes { ccurl_set_body(easy, $0.baseAddress, $0.count) }, ccurl_set_fields(easy, fields),
            ccurl_set_body_reader(
                easy,
                { bytes, size, count, context in
                    guard let bytes, let context else { return 0 }
                    let part = UnsafeRawBufferPointer(start: bytes, count: size * count)
                    return Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue().take(part)
                }, context),
            ccurl_set_socket_opener(
                easy,
                { context, _, address in
                    guard let address, let context else { return CCURL_NO_SOCKET }
                    return Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue().open(address)
                }, context),
        ]
        return codes.first { $0 != CURLE_OK } ?? CURLE_OK
    }

    /// Answers how much of a part was taken: less than all of it ends the transfer.
    private func take(_ part: UnsafeRawBufferPointer) -> Int {
        readByteCount += part.count
        body += part.prefix(limits.keptByteCountMax - body.count)
        isCutOff = readByteCount > limits.readByteCountMax
        return isCutOff ? 0 : part.count
    }

    /// A socket for an address that a name has led to, or that stood in the URL: here alone it is known what will be connected to.
    private func open(_ address: UnsafeMutablePointer<curl_sockaddr>) -> curl_socket_t {
        guard let peer = CurlAddress(address), allows(peer) else {
            isAddressRefused = true
            return CCURL_NO_SOCKET
        }
        hasConnected = true
        let socket = address.pointee
        return Glibc.socket(socket.family, socket.socktype | Int32(SOCK_CLOEXEC.rawValue), socket.protocol)
    }

    private func outcome(_ code: CURLcode) -> Result<CurlAnswer, CurlError> {
        if code == CURLE_OK || (code == CURLE_WRITE_ERROR && isCutOff) {
            let seconds = ccurl_retry_after_seconds(easy)
            return .success(CurlAnswer(status: ccurl_status(easy), body: body, retryAfterSeconds: seconds > 0 ? seconds : nil))
        }
        if isAddressRefused, !hasConnected { return .failure(.addressRefused) }
        return .failure(CurlError(code))
    }
}

extension CurlError {
    /// libcurl could not begin.
    static var noMemory: CurlError { .other(Int(CURLE_FAILED_INIT.rawValue)) }

    fileprivate init(_ code: CURLcode) {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST: self = .nameNotFound
        case CURLE_COULDNT_CONNECT: self = .connectionFailed
        case CURLE_OPERATION_TIMEDOUT: self = .timeout
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER:
            self = .insecure
        case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_PARTIAL_FILE: self = .connectionLost
        default: self = .other(Int(code.rawValue))
        }
    }
}

extension CurlAddress {
    /// Nil for an address of another family than the two of the internet.
    fileprivate init?(_ socket: UnsafeMutablePointer<curl_sockaddr>) {
        // The member `addr` is declared as long as the shortest address; what lies there is as long as `addrlen` says.
        guard let offset = MemoryLayout<curl_sockaddr>.offset(of: \.addr) else { return nil }
        let place = UnsafeRawPointer(socket) + offset
        switch (socket.pointee.family, Int(socket.pointee.addrlen)) {
        case (AF_INET, MemoryLayout<sockaddr_in>.size...):
            let address = place.loadUnaligned(as: sockaddr_in.self).sin_addr
            bytes = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF] + withUnsafeBytes(of: address) { Array($0) }
        case (AF_INET6, MemoryLayout<sockaddr_in6>.size...):
            bytes = withUnsafeBytes(of: place.loadUnaligned(as: sockaddr_in6.self).sin6_addr) { Array($0) }
        default: return nil
        }
    }
}

extension Duration {
    fileprivate var wholeMilliseconds: Int {
        Int(components.seconds) * 1_000 + Int(components.attoseconds / 1_000_000_000_000_000)
    }
}
