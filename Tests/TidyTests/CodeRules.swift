/// What the code must not say: each rule answers what it finds in a file, a line each, with what to say instead.
enum CodeRules {
    /// No `Manager`, `Helper` and the like in the names of types.
    static func types(_ file: SourceFile) -> [String] {
        let banned = [
            "Manager": "the thing itself, or the verb", "Helper": "the noun that it is", "Helpers": "the noun that it is",
            "Util": "the noun that it is", "Utils": "the noun that it is", "Impl": "what sets it apart",
            "Base": "composition, or a protocol",
        ]
        let declaration = /\b(struct|class|enum|actor|protocol|typealias|associatedtype)\s+(?<name>[A-Z]\w*)/
        return file.findings(mentioning: "Manager", "Helper", "Util", "Impl", "Base") { line, _ in
            line.matches(of: declaration).flatMap { match in
                words(of: String(match.name)).compactMap { part in
                    banned[part].map { "no '\(part)' in the type \(match.name): name it by \($0)" }
                }
            }
        }
    }

    static func traps(_ file: SourceFile) -> [String] {
        let banned: [(pattern: Regex<Substring>, better: String)] = [
            (/\btry!/, "a typed throw"), (/\bas!/, "a conversion that may fail"),
            (/\bfatalError\b/, "an error, or precondition for our own mistakes"),
            (/\bunowned\b/, "a weak or strong reference"), (/\bunsafeBitCast\b/, "a conversion"),
        ]
        return file.findings(mentioning: "try!", "as!", "fatalError", "unowned", "unsafeBitCast") { line, _ in
            banned.filter { line.contains($0.pattern) }.map { "use \($0.better): \(line.drop { $0 == " " })" }
        }
    }

    static func printing(_ file: SourceFile) -> [String] {
        let pattern = /(^|[^.\w])(print|debugPrint|dump|NSLog)\(/
        guard file.target != "dateline" else { return [] }
        return file.findings(mentioning: "rint(", "dump(", "NSLog(") { line, _ in
            line.contains(pattern) && !line.contains(/func (print|dump)/)
                ? ["return it or report it, the program decides what is printed"] : []
        }
    }

    static func publicity(_ file: SourceFile) -> [String] {
        file.findings(mentioning: "public ", "open ") { line, _ in
            line.contains(/^\s*(public|open)\s/) ? ["package is our public"] : []
        }
    }

    static func pointers(_ file: SourceFile) -> [String] {
        let allowed = [
            "Sources/SQLite/", "Sources/Gzip/", "Sources/Curl/", "Sources/HTTPServer/", "Sources/JSON/", "Sources/Locks/",
            "Sources/Storage/Threads/",
        ]
        let pattern = /\bUnsafe(Mutable)?(Raw)?(Buffer)?Pointer\b|\bUnmanaged\b|\bOpaquePointer\b/
        guard !allowed.contains(where: { file.path.hasPrefix($0) }) else { return [] }
        return file.findings(mentioning: "Pointer", "Unmanaged") { line, _ in
            line.contains(pattern) ? ["read bytes through Span, own them as [UInt8]"] : []
        }
    }

    static func unchecked(_ file: SourceFile) -> [String] {
        let allowed: Set = ["Locks", "SQLite", "HTTPServer", "Storage", "Curl"]
        return file.findings(mentioning: "@unchecked", "nonisolated(") { line, index in
            guard line.contains(/@unchecked\s+Sendable|nonisolated\(unsafe\)/) else { return [] }
            guard allowed.contains(file.target) else { return ["use Lock or Atomic"] }
            return hasComment(file, at: index) ? [] : ["say in a comment which invariant makes this sound"]
        }
    }

    /// ThreadSanitizer does not see the library's own.
    static func mutexes(_ file: SourceFile) -> [String] {
        file.findings(mentioning: "Mutex") { line, _ in line.contains(/\bMutex\b/) ? ["use Lock"] : [] }
    }

    /// What others call of the two doors, SQLite's and JSON's, says what it promises.
    static func undocumented(_ file: SourceFile) -> [String] {
        guard ["SQLite", "JSON"].contains(file.target) else { return [] }
        return file.findings(mentioning: "package ") { line, index in
            guard line.contains(/^\s*package\s[^(]*\bfunc\s+\w/) else { return [] }
            var above = index - 1
            while above >= 0, file.lines[above].contains(/^\s*@/) { above -= 1 }
            return above >= 0 && file.lines[above].contains(/^\s*\/\/\//) ? [] : ["say in a doc comment what it promises and when it traps"]
        }
    }

    static func words(of name: String) -> [String] {
        name.matches(of: /[A-Z]+(?![a-z0-9])|[A-Z]+(?=[A-Z][a-z])|[A-Z][a-z0-9]*/).map { String($0.output) }
    }

    /// Whether a comment stands on the line or on those right above it, attributes and the declaration's own beginning let through.
    private static func hasComment(_ file: SourceFile, at index: Int) -> Bool {
        if file.lines[index].contains("//") { return true }
        var above = index - 1
        while above >= 0, file.lines[above].contains(/^\s*(@|package |private |final |class |struct |:)/) { above -= 1 }
        return above >= 0 && file.lines[above].contains(/^\s*\/\//)
    }
}

extension SourceFile {
    /// What a rule finds in the lines of code, each with its place; nothing in a file that says none of some words.
    fileprivate func findings(mentioning words: String..., in rule: (String, Int) -> [String]) -> [String] {
        guard mentions(words) else { return [] }
        return code.enumerated().flatMap { index, line in rule(line, index).map { "\(path):\(index + 1): \($0)" } }
    }
}
