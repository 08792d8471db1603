import Glibc
import Testing
import Turns

@testable import dateline

/// Where `dateline export FILE` writes, and what is left of it.
@Suite(.inTurn, .serialized, .ownThread, .timeLimit(.minutes(60))) struct OutputFileTests {
    @Test func `an export that fails leaves the file of that name as it was`() throws {
        let folder = try TemporaryFolder()
        try folder.write("before", to: "out.ndjson")
        #expect(try ImportExportTests.run("export", ["out.ndjson"], in: folder).status == 66)
        #expect(try folder.read("out.ndjson") == "before")
        #expect(folder.names == ["out.ndjson"])
    }

    @Test(arguments: ["news.db", "./news.db", "link.db", "news.db-wal", "./news.db-journal"])
    func `an export does not take the place of the database`(_ name: String) throws {
        let folder = try Self.folderWithNews()
        #expect(symlink("news.db", folder.path(of: "link.db")) == 0)
        let ending = try ImportExportTests.run("export", [name], in: folder)
        #expect(ending.status == 64)
        #expect(ending.errors == "dateline: \(name) is the database itself, or SQLite's own file beside it; it was left alone\n")
        #expect(try Program.run(["check", "--database", "news.db"], in: folder).status == 0)
    }

    @Test func `an export to its own output by another name tells nothing between the records`() throws {
        let folder = try Self.folderWithNews()
        let plain = try ImportExportTests.run("export", [], in: folder)
        #expect(try ImportExportTests.run("export", ["/dev/stdout"], in: folder) == plain)
        #expect(plain.status == 0 && !plain.output.isEmpty)
    }

    @Test func `an export into a folder that is not there is one clear line`() throws {
        let folder = try TemporaryFolder()
        try #require(try ImportExportTests.run("migrate", [], in: folder).status == 0)
        let ending = try ImportExportTests.run("export", ["nowhere/out.ndjson"], in: folder)
        #expect(ending.status == 74)
        #expect(ending.errors == "dateline: nowhere/out.ndjson cannot be written: open: No such file or directory (2)\n")
    }

    @Test func `a new file may be read by its owner alone, an earlier one keeps its mode`() throws {
        let folder = try Self.folderWithNews()
        #expect(try ImportExportTests.run("export", ["new.ndjson"], in: folder).status == 0)
        #expect(Self.mode(folder.path(of: "new.ndjson")) == 0o600)
        for mode in [0o600, 0o640, 0o664] as [mode_t] {
            chmod(try folder.write("before", to: "out.ndjson"), mode)
            #expect(try ImportExportTests.run("export", ["out.ndjson"], in: folder).status == 0)
            #expect(Self.mode(folder.path(of: "out.ndjson")) == mode)
            #expect(try folder.read("out.ndjson") == folder.read("new.ndjson"))
        }
        #expect(folder.names == ["new.ndjson", "news.db", "out.ndjson"])
    }

    @Test func `a folder is refused before anything is written`() throws {
        let folder = try Self.folderWithNews()
        try folder.makeFolder("out")
        let ending = try ImportExportTests.run("export", ["out"], in: folder)
        #expect(ending == .init(status: 74, output: "", errors: "dateline: out cannot be written: open: Is a directory (21)\n"))
        #expect(folder.names == ["news.db", "out"])
    }

    @Test(.enabled(if: geteuid() != 0, "the superuser may write every file")) func `a file that may not be written stays`() throws {
        let folder = try Self.folderWithNews()
        chmod(try folder.write("before", to: "out.ndjson"), 0o400)
        let ending = try ImportExportTests.run("export", ["out.ndjson"], in: folder)
        #expect(ending.errors == "dateline: out.ndjson cannot be written: open: Permission denied (13)\n")
        #expect(try folder.read("out.ndjson") == "before")
    }

    @Test func `a link stays, and what it leads to is written`() throws {
        let folder = try Self.folderWithNews()
        try folder.makeFolder("there")
        try folder.write("before", to: "there/old.ndjson")
        for (link, target) in [("a", "b"), ("b", "there/old.ndjson"), ("c", "there/new.ndjson")] {
            try #require(symlink(target, folder.path(of: link)) == 0)
        }
        for (link, target) in [("a", "there/old.ndjson"), ("c", "there/new.ndjson")] {
            #expect(try ImportExportTests.run("export", [link], in: folder).status == 0)
            #expect(try folder.read(target).split(separator: "\n").count == 3)
        }
        #expect(["a", "b", "c"].allSatisfy { Self.isLink(folder.path(of: $0)) })
    }

    @Test func `links in a ring are refused`() throws {
        let folder = try Self.folderWithNews()
        try #require(symlink("b", folder.path(of: "a")) == 0 && symlink("a", folder.path(of: "b")) == 0)
        let ending = try ImportExportTests.run("export", ["a"], in: folder)
        #expect(ending.status == 74)
        #expect(ending.errors == "dateline: a cannot be written: open: Too many levels of symbolic links (40)\n")
    }

    @Test func `a pipe and a device are written to and stay what they are`() throws {
        let folder = try Self.folderWithNews()
        try #require(mkfifo(folder.path(of: "pipe"), 0o600) == 0)
        let piped = try Program.run(shell: "cat pipe > out & dateline export pipe --database news.db; wait", in: folder)
        #expect(piped == .init(status: 0, output: "pipe: 3 records\n", errors: ""))
        #expect(try folder.read("out").split(separator: "\n").count == 3)
        #expect(folder.names == ["news.db", "out", "pipe"])
        #expect(try Program.run(["export", "/dev/null", "--database", "news.db"], in: folder).status == 0)
        let full = try Program.run(["export", "/dev/full", "--database", "news.db"], in: folder)
        #expect(full.errors == "dateline: /dev/full cannot be written: write: No space left on device (28)\n")
    }

    @Test func `a file that is let go unfinished leaves nothing`() throws {
        let folder = try TemporaryFolder()
        do {
            let file = try OutputFile(path: folder.path(of: "out.ndjson"))
            try file.write(Array("half".utf8))
            #expect(folder.names.count == 1 && !folder.exists("out.ndjson"))
        }
        #expect(folder.names.isEmpty)
    }

    @Test func `a signal leaves nothing of an unfinished file`() throws {
        let folder = try TemporaryFolder()
        let records = (0..<2_000).map { #"{"type":"person","external_id":"t:p\#($0)","name":"Person \#($0)"}"# }
        try folder.write(records.joined(separator: "\n"), to: "news.ndjson")
        try #require(try ImportExportTests.run("import", ["news.ndjson"], in: folder).status == 0)
        for number in [SIGINT, SIGTERM, SIGHUP] {
            #expect(try Self.statusOfExport(endedBy: number, in: folder) == 128 + Int(number))
            #expect(folder.names.allSatisfy { !$0.hasSuffix(".partial") && $0 != "out.ndjson" }, "\(folder.names)")
        }
    }

    /// Sends the signal when the unfinished file is there. Where this test comes too late for that, it begins again.
    private static func statusOfExport(endedBy number: CInt, in folder: TemporaryFolder) throws -> Int {
        for _ in 0..<20 {
            let program = try Program(["export", "out.ndjson", "--database", "news.db"], in: folder)
            while !folder.names.contains(where: { $0.hasSuffix(".partial") || $0 == "out.ndjson" }) { usleep(500) }
            program.signal(number)
            let status = try program.ending().status
            if status != 0 { return status }
            remove(folder.path(of: "out.ndjson"))
        }
        return 0
    }

    private static func folderWithNews() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.write(ImportExportTests.records, to: "news.ndjson")
        try #require(try ImportExportTests.run("import", ["news.ndjson"], in: folder).status == 0)
        remove(folder.path(of: "news.ndjson"))
        return folder
    }

    private static func mode(_ path: String) -> mode_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & 0o777 : nil
    }

    private static func isLink(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }
}
