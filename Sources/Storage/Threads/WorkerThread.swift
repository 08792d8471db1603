import Glibc

/// A thread of the system, for what blocks: Swift's own pool has none to spare.
enum WorkerThread {
    /// Starts a thread that ends when `body` returns. False when the system has none to give.
    static func start(name: String, _ body: @escaping @Sendable () -> Void) -> Bool {
        let context = Unmanaged.passRetained(Entry(name: name, body: body)).toOpaque()
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        var thread = pthread_t()
        let code = pthread_create(
            &thread, &attributes,
            { context in
                guard let context else { return nil }
                Unmanaged<Entry>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, context)
        guard code == 0 else {
            Unmanaged<Entry>.fromOpaque(context).release()
            return false
        }
        return true
    }

    private final class Entry {
        private let name: String
        private let body: @Sendable () -> Void

        init(name: String, body: @escaping @Sendable () -> Void) {
            self.name = name
            self.body = body
        }

        func run() {
            // What `top -H` shows. Glibc's own call for it is hidden from Swift.
            if let file = fopen("/proc/thread-self/comm", "we") {
                fputs(name, file)
                fclose(file)
            }
            body()
        }
    }
}
