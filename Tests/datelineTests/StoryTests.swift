import Glibc
import Testing
import Turns

/// `docs/story.md`: each of its commands is run on the demo, in order, and prints what stands below it.
@Suite(.inTurn, .serialized, .ownThread, .enabled(if: access("/usr/bin/curl", X_OK) == 0), .timeLimit(.minutes(60))) struct StoryTests {
    private static let root = #filePath.replacing("Tests/datelineTests/StoryTests.swift", with: "")

    private struct Step {
        let command: String
        var printed: [String] = []
    }

    @Test func `each command of the walk prints what the page says`() throws {
        let folder = try TemporaryFolder()
        let loaded = try Program.run(["import", Self.root + "demo/story.ndjson", "--database", "news.db"], in: folder)
        try #require(loaded.status == 0, "\(loaded.errors)")
        let server = try RunningServer(in: folder)
        let steps = try Self.steps()
        #expect(steps.count > 8)
        for step in steps {
            let command = step.command.replacing("http://127.0.0.1:8080", with: "http://127.0.0.1:\(server.port)")
            let ending = try Program(["-c", "TOKEN=\(RunningServer.token); \(command)"], in: folder, executable: "/bin/sh").ending()
            #expect(ending.status == 0, "\(step.command): \(ending.errors)")
            for line in step.printed { #expect(ending.output.contains(line), "\(step.command): \(ending.output)") }
        }
        try server.stop()
    }

    private static func steps() throws -> [Step] {
        let file = try #require(fopen(root + "docs/story.md", "r"))
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let text = String(decoding: bytes[..<fread(&bytes, 1, bytes.count, file)], as: UTF8.self)
        var (steps, isInside): ([Step], Bool) = ([], false)
        for line in text.split(separator: "\n") {
            if line.hasPrefix("```") {
                isInside = line == "```console"
            } else if isInside, line.hasPrefix("$ ") {
                steps.append(Step(command: String(line.dropFirst(2))))
            } else if isInside, !steps.isEmpty {
                steps[steps.count - 1].printed.append(String(line))
            }
        }
        return steps
    }
}
