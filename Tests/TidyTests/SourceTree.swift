import Glibc
import Testing

/// The tree that these tests look at: the checkout that they were built from.
enum SourceTree {
    /// The checkout's root, with a slash at the end.
    static let root: String = {
        let here = #filePath.split(separator: "/")
        return "/" + here.dropLast(3).joined(separator: "/") + "/"
    }()

    /// The Swift files of all targets.
    static let sources = ["Sources", "migrations"].flatMap { files(under: $0, suffix: ".swift") }.map(SourceFile.init)

    /// All files under a folder, as paths from the root, in order; none where there is no such folder.
    static func files(under folder: String, suffix: String = "") -> [String] {
        entries(of: folder).flatMap { name -> [String] in
            let path = "\(folder)/\(name)"
            if isFolder(path) { return files(under: path, suffix: suffix) }
            return name.hasSuffix(suffix) ? [path] : []
        }
    }

    static func entries(of folder: String) -> [String] {
        guard let stream = opendir(root + folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// The text of a file; nil where there is none.
    static func text(of path: String) -> String? {
        guard let file = fopen(root + path, "r") else { return nil }
        defer { fclose(file) }
        var whole: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { whole += buffer[..<count] }
        return String(decoding: whole, as: UTF8.self)
    }

    static func lines(of path: String) -> [Substring] {
        text(of: path)?.split(separator: "\n", omittingEmptySubsequences: false) ?? []
    }

    /// Whether a file says one of some words: a quick look before a thorough one.
    static func mentions(_ path: String, _ words: [String]) -> Bool {
        guard let text = text(of: path) else { return false }
        return words.contains { strstr(text, $0) != nil }
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(root + path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}

/// One Swift file of the tree, taken apart as far as these tests need.
struct SourceFile: Sendable {
    /// From the root: `Sources/HTTP/Request.swift`.
    let path: String
    let lines: [String]
    /// The same lines with comments and the insides of string literals blanked out.
    let code: [String]
    let literals: [Literal]
    private let codeText: String

    /// Whether the code says one of some words: a quick look before a thorough one.
    func mentions(_ words: [String]) -> Bool {
        words.contains { strstr(codeText, $0) != nil }
    }

    /// A string literal: the line where it begins, and what is in it.
    struct Literal: Sendable {
        var line: Int
        var text: String
    }

    init(path: String) {
        self.init(path: path, text: SourceTree.text(of: path) ?? "")
    }

    init(path: String, text: String) {
        var scan = SwiftScan(text)
        scan.run()
        self.path = path
        self.lines = SourceFile.lines(of: text)
        self.codeText = String(decoding: scan.code, as: UTF8.self)
        self.code = SourceFile.lines(of: codeText)
        self.literals = scan.literals
    }

    /// The target that it belongs to.
    var target: String {
        let parts = path.split(separator: "/")
        return parts[0] == "migrations" ? "Migrations" : String(parts[1])
    }

    private static func lines(of text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}

/// Fails with all findings at once, a line each.
func expectNone(_ findings: [String], sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(findings.isEmpty, "\n\(findings.joined(separator: "\n"))", sourceLocation: sourceLocation)
}
