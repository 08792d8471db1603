import Glibc
import Locks
import Testing
import Turns

/// Under a sanitizer these tests prove something of the program only if it is watched too, and only if what is found is told.
@Suite(.inTurn) struct SanitizerTests {
    @Test(arguments: ["__tsan_init", "__asan_init"])
    func `the program is instrumented as its tests are`(_ symbol: String) throws {
        guard dlsym(nil, symbol) != nil else { return }
        let folder = try TemporaryFolder()
        let search = try Program(["-q", "-a", "-F", symbol, Program.executable], in: folder, executable: "grep")
        #expect(try search.ending() == Program.Ending(status: 0, output: "", errors: ""))
    }

    @Test(arguments: [
        "WARNING: ThreadSanitizer: data race (pid=1)", "==1==ERROR: AddressSanitizer: heap-use-after-free",
        "==1==ERROR: LeakSanitizer: detected memory leaks",
    ])
    func `a report is seen, though the program ends well, or is ended while nobody reads on`(_ report: String) throws {
        let folder = try TemporaryFolder()
        let reports = Lock<[String]>([])
        do {
            let program = try Program(["-c", "echo '\(report)' >&2"], in: folder, executable: "/bin/sh") { text in
                reports.withLock { $0.append(text) }
            }
            #expect(try program.ending().status == 0)
        }
        #expect(reports.withLock { $0.first }?.hasPrefix("Sanitizer:") == true)
        reports.withLock { $0 = [] }
        do {
            let command = "echo '\(report)' >&2; echo said; exec sleep 60"
            let program = try Program(["-c", command], in: folder, executable: "/bin/sh") { text in reports.withLock { $0.append(text) } }
            #expect(program.hasSaid())
        }
        #expect(reports.withLock { $0.first }?.hasPrefix("Sanitizer:") == true)
    }
}
