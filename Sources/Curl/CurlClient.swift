import CCurl
import Dispatch
import Locks

/// Sends requests by libcurl, some at a time, on a thread of its own, which is there from the first request on.
///
/// It connects to those addresses alone that it is allowed to, follows no redirect, knows no proxy, and takes good certificates alone.
package final class CurlClient: Sendable {
    typealias Continuation = UnsafeContinuation<Result<CurlAnswer, CurlError>, Never>

    struct Submission: Sendable {
        let id: UInt64
        let request: CurlRequest
        let continuation: Continuation
    }

    /// libcurl's handle for many transfers.
    ///
    /// `@unchecked Sendable` is sound because other threads than the client's only call `curl_multi_wakeup` with it, which any thread may
    /// (curl.se/libcurl/c/curl_multi_wakeup.html), and only while it stands in `Shared`.
    private struct Multi: @unchecked Sendable {
        let pointer: UnsafeMutableRawPointer
    }

    private struct Shared {
        /// Nil before the thread has started, and when it has ended.
        var multi: Multi?
        var waiting: [Submission] = []
        var cancelled: Set<UInt64> = []
        var nextID: UInt64 = 1
        var isClosing = false
        var closers: [UnsafeContinuation<Void, Never>] = []
    }

    private let shared = Lock(Shared())
    private let limits: CurlLimits
    private let userAgent: String
    private let allows: @Sendable (CurlAddress) -> Bool
    private let queue = DispatchQueue(label: "dateline.curl")

    /// libcurl's own beginning, once for the program; by now it may come from any thread (curl.se/libcurl/c/curl_global_init.html).
    private static let hasBegun = ccurl_begin() == CURLE_OK

    /// How long the thread rests where nobody wakes it, in milliseconds. libcurl's own deadlines count without it.
    private static let restMilliseconds: Int32 = 60_000

    /// - Parameters:
    ///   - userAgent: `dateline/1.2.3`.
    ///   - allows: asked for each address before it is connected to, on the client's thread.
    package init(limits: CurlLimits = CurlLimits(), userAgent: String, allows: @escaping @Sendable (CurlAddress) -> Bool) {
        self.limits = limits
        self.userAgent = userAgent
        self.allows = allows
    }

    /// Sends a request and waits for the head of its answer and the beginning of its body.
    ///
    /// - Throws: why there is none; `cancelled` as soon as the task is cancelled or the client closed, whatever the receiver has by then.
    package func post(_ request: CurlRequest) async throws(CurlError) -> CurlAnswer {
        let id = shared.withLock { shared -> UInt64 in
            defer { shared.nextID += 1 }
            return shared.nextID
        }
        let outcome = await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in submit(Submission(id: id, request: request, continuation: continuation)) }
        } onCancel: {
            cancel(id)
        }
        // A cancellation that came too late.
        shared.withLock { _ = $0.cancelled.remove(id) }
        return try outcome.get()
    }

    /// Ends what is on its way, and the thread.
    package func close() async {
        await withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
            let hasThread = shared.withLock { shared in
                shared.isClosing = true
                guard let multi = shared.multi else { return false }
                shared.closers.append(continuation)
                curl_multi_wakeup(multi.pointer)
                return true
            }
            if !hasThread { continuation.resume() }
        }
    }

    private func submit(_ submission: Submission) {
        let refusal = shared.withLock { shared -> CurlError? in
            // A task that was cancelled before it came here has left its number.
            if shared.isClosing || shared.cancelled.contains(submission.id) { return .cancelled }
            if let multi = shared.multi {
                curl_multi_wakeup(multi.pointer)
            } else {
                guard CurlClient.hasBegun, let pointer = curl_multi_init() else { return .noMemory }
                let multi = Multi(pointer: pointer)
                shared.multi = multi
                queue.async { [self] in run(multi) }
            }
            shared.waiting.append(submission)
            return nil
        }
        if let refusal { submission.continuation.resume(returning: .failure(refusal)) }
    }

    private func cancel(_ id: UInt64) {
        shared.withLock { shared in
            shared.cancelled.insert(id)
            if let multi = shared.multi { curl_multi_wakeup(multi.pointer) }
        }
    }

    /// The thread.
    private func run(_ multi: Multi) {
        let pointer = multi.pointer
        _ = ccurl_bound_kept_connections(pointer, limits.concurrentCountMax)
        var active: [UInt64: CurlTransfer] = [:]
        while takeNews(&active, pointer) {
            var runningCount: Int32 = 0
            guard curl_multi_perform(pointer, &runningCount) == CURLM_OK else { break }
            if finishDone(&active, pointer) { continue }
            curl_multi_poll(pointer, nil, 0, CurlClient.restMilliseconds, nil)
        }
        // Where libcurl itself has failed, the next request begins with another handle.
        let (left, closers, error) = shared.withLock { shared -> ([Submission], [UnsafeContinuation<Void, Never>], CurlError) in
            shared.multi = nil
            defer { (shared.waiting, shared.closers) = ([], []) }
            return (shared.waiting, shared.closers, shared.isClosing ? .cancelled : .noMemory)
        }
        for transfer in active.values {
            curl_multi_remove_handle(pointer, transfer.easy)
            transfer.end(error)
        }
        curl_multi_cleanup(pointer)
        for submission in left { submission.continuation.resume(returning: .failure(error)) }
        for closer in closers { closer.resume() }
    }

    /// Begins what waits, ends what was cancelled. False when the client closes.
    private func takeNews(_ active: inout [UInt64: CurlTransfer], _ multi: UnsafeMutableRawPointer) -> Bool {
        let room = limits.concurrentCountMax - active.count
        let (begun, cancelled, isClosing) = shared.withLock { shared -> ([Submission], [Submission], Bool) in
            let dropped = shared.waiting.filter { shared.cancelled.contains($0.id) }
            shared.waiting.removeAll { shared.cancelled.contains($0.id) }
            let begun = Array(shared.waiting.prefix(max(room, 0)))
            shared.waiting.removeFirst(begun.count)
            return (begun, dropped, shared.isClosing)
        }
        for submission in cancelled { submission.continuation.resume(returning: .failure(.cancelled)) }
        for id in shared.withLock({ shared in shared.cancelled.filter { active[$0] != nil } }) {
            guard let transfer = active.removeValue(forKey: id) else { continue }
            curl_multi_remove_handle(multi, transfer.easy)
            transfer.end(.cancelled)
        }
        for submission in begun {
            guard let transfer = CurlTransfer(submission, userAgent: userAgent, limits: limits, allows: allows) else { continue }
            if curl_multi_add_handle(multi, transfer.easy) == CURLM_OK {
                active[transfer.id] = transfer
            } else {
                transfer.finish(CURLE_FAILED_INIT)
            }
        }
        return !isClosing
    }

    /// Whether anything was done: then others may begin.
    private func finishDone(_ active: inout [UInt64: CurlTransfer], _ multi: UnsafeMutableRawPointer) -> Bool {
        var isAny = false
        var leftCount: Int32 = 0
        while let message = curl_multi_info_read(multi, &leftCount) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
            // The message is gone with the handle.
            let code = message.pointee.data.result
            curl_multi_remove_handle(multi, easy)
            guard let transfer = active.values.first(where: { $0.easy == easy }) else { continue }
            active[transfer.id] = nil
            transfer.finish(code)
            isAny = true
        }
        return isAny
    }
}
