internal import JSON

/// Tables of text: RFC 4180, each line ended by CRLF, in UTF-8.
///
/// A text that a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@`, a tab or a carriage return) gets an apostrophe in
/// front: headlines come from outside, and who opens a table of them must not run what somebody wrote there. Numbers are left alone.
enum CSV {
    enum Cell: Equatable {
        case empty
        /// What is no text of somebody's: a number, a truth value.
        case number(String)
        case text(String)
    }

    static func append(_ cells: [Cell], to bytes: inout [UInt8]) {
        for (index, cell) in cells.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            switch cell {
            case .empty: break
            case .number(let text): bytes.append(contentsOf: text.utf8)
            case .text(let text): append(text, to: &bytes)
            }
        }
        bytes.append(contentsOf: [UInt8(ascii: "\r"), UInt8(ascii: "\n")])
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        let first = text.utf8.first
        let isFormula = first.map { formulaBeginnings.contains($0) } ?? false
        let isQuoted = text.utf8.contains { quotedBytes.contains($0) } || first == UInt8(ascii: " ") || text.utf8.last == UInt8(ascii: " ")
        if isQuoted { bytes.append(quote) }
        if isFormula { bytes.append(UInt8(ascii: "'")) }
        for byte in text.utf8 {
            if byte == quote { bytes.append(quote) }
            bytes.append(byte)
        }
        if isQuoted { bytes.append(quote) }
    }

    private static let quote = UInt8(ascii: "\"")
    private static let formulaBeginnings = Array("=+-@\t\r".utf8)
    /// The semicolon is no separator here, but is one to spreadsheets in half of Europe.
    private static let quotedBytes = Array("\",;\r\n\t".utf8)

    /// What one member of a document says in a table.
    ///
    /// Of an object its name, address, title or dates (`edtf`); of one that is none of these (`external_ids`) its members as `name:value`.
    /// The parts of a list are joined by `;`; a semicolon or a backslash within one has a backslash before it.
    static func cell(_ value: JSONValue) -> Cell {
        switch value {
        case .null: .empty
        case .bool(let value): .number(value ? "true" : "false")
        case .integer(let value): .number("\(value)")
        case .double(let value): .number("\(value)")
        case .string(let text): text.isEmpty ? .empty : .text(text)
        case .array(let parts): list(parts.map(text))
        case .object(let object): caption(of: object).map { .text($0) } ?? list(object.members.map { "\($0.name):\(text($0.value))" })
        }
    }

    private static func list(_ parts: [String]) -> Cell {
        guard !parts.isEmpty else { return .empty }
        return .text(parts.map { $0.replacing("\\", with: "\\\\").replacing(";", with: "\\;") }.joined(separator: ";"))
    }

    private static func text(_ value: JSONValue) -> String {
        switch value {
        case .object(let object): caption(of: object) ?? object.members.map { "\($0.name):\(text($0.value))" }.joined(separator: " ")
        case .array(let parts): parts.map(text).joined(separator: " ")
        case .string(let text): text
        case .null, .bool, .integer, .double: String(decoding: JSONWriter.text(of: value), as: UTF8.self)
        }
    }

    /// What stands for an object: of a participant whoever takes part, of a speaker without a name how the source is called.
    private static func caption(of object: JSONObject) -> String? {
        for name in ["name", "url", "title", "headline", "edtf", "description"] {
            if case .string(let text)? = object[name] { return text }
        }
        for name in ["person", "organization", "unnamed"] {
            if case .object(let target)? = object[name] { return caption(of: target) }
        }
        return nil
    }
}
