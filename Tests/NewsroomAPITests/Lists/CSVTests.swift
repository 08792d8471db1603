import JSON
import Testing
import Turns

@testable import NewsroomAPI

@Suite(.inTurn) struct CSVTests {
    private func line(_ cells: CSV.Cell...) -> String {
        var bytes: [UInt8] = []
        CSV.append(cells, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func `a line is cells with commas between them, ended by CRLF`() {
        #expect(line(.text("a"), .empty, .number("-1.5"), .text("é")) == "a,,-1.5,é\r\n")
    }

    @Test(arguments: [
        ("a,b", "\"a,b\""), ("a;b", "\"a;b\""), ("say \"no\"", "\"say \"\"no\"\"\""), ("one\ntwo", "\"one\ntwo\""),
        ("one\r\ntwo", "\"one\r\ntwo\""), (" a", "\" a\""), ("a ", "\"a \""), ("plain text", "plain text"),
    ])
    func `what could be mistaken is quoted, and quotes are doubled (RFC 4180 §2)`(_ text: String, _ cell: String) {
        #expect(line(.text(text)) == cell + "\r\n")
    }

    @Test(arguments: [
        ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "\"'\t=1\""), ("\r=1", "\"'\r=1\""),
        ("=A,B", "\"'=A,B\""), ("a=1", "a=1"),
    ])
    func `a text that would be a formula is none any more`(_ text: String, _ cell: String) {
        #expect(line(.text(text)) == cell + "\r\n")
    }

    @Test func `members become cells`() {
        let cases: [(JSONValue, CSV.Cell)] = [
            (.null, .empty), ("", .empty), ("x", .text("x")), (-3, .number("-3")), (51.5, .number("51.5")), (true, .number("true")),
            ([], .empty), (["a", "b;c", "d\\e"], .text(#"a;b\;c;d\\e"#)), ([["id": "per_1", "name": "Ada North"]], .text("Ada North")),
            (["id": "evt_1", "title": "Hearing", "status": "held"], .text("Hearing")),
            (
                [["person": ["id": "per_1", "name": "Ada"], "role": .null], ["organization": ["name": "Port"], "role": "host"]],
                .text("Ada;Port")
            ),
            (["edtf": "2024-03", "earliest": "2024-03-01"], .text("2024-03")), (["wire": "17", "desk": "x"], .text("wire:17;desk:x")),
            ([:], .empty), ([["url": "https://example.org/", "title": .null]], .text("https://example.org/")),
        ]
        for (value, cell) in cases { #expect(CSV.cell(value) == cell) }
    }
}
