@testable import HTTP
import Testing

struct ByteSetTests {
    private static let alphanumerics = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

    @Test(arguments: [
        (ByteSet.token, "!#$%&'*+-.^_`|~"), (.path, "-._~!$&'()*+,;=:@"), (.query, "-._~!$&'()*+,;=:@/?[]{}|^`\\"),
        (.host, "-._~!$&'()*+;="),
    ])
    func `a set holds letters, digits and the characters of its grammar`(_ set: ByteSet, _ others: String) {
        let members = Set((Self.alphanumerics + others).utf8)
        for byte in UInt8.min...UInt8.max { #expect(set.contains(byte) == members.contains(byte), "\(byte)") }
    }

    @Test func `hexadecimal digits have their values`() {
        for byte in UInt8.min...UInt8.max {
            let text = String(decoding: [byte], as: UTF8.self)
            let value = byte < 0x80 && text != "+" && text != "-" ? UInt8(text, radix: 16) : nil
            #expect(byte.hexValue == value, "\(byte)")
        }
    }

    @Test func `letters, digits and blanks are told apart`() {
        for byte in UInt8.min...UInt8.max {
            #expect(byte.isDigit == "0123456789".utf8.contains(byte))
            #expect(byte.isLetter == (Self.alphanumerics.utf8.contains(byte) && !byte.isDigit))
            #expect(byte.isBlank == " \t".utf8.contains(byte))
        }
    }

    @Test func `the first control character is found at any place`() {
        for length in 0...40 {
            for control in [0x00, 0x09, 0x0A, 0x0D, 0x1F, 0x7F] as [UInt8] {
                for place in 0..<length {
                    var bytes = (0..<length).map { UInt8(0x20 + $0 * 11 % 95) }
                    bytes.indices.forEach { if $0 % 5 == 4 { bytes[$0] = 0x80 + UInt8($0) } }
                    #expect(bytes.span.firstControl(from: 0, to: length) == length)
                    bytes[place] = control
                    #expect(bytes.span.firstControl(from: 0, to: length) == place)
                    #expect(bytes.span.firstControl(from: place + 1, to: length) == length)
                    #expect(bytes.span.firstControl(from: 0, to: place) == place)
                }
            }
        }
    }

    @Test func `the first space is found at any place`() {
        for length in 0...24 {
            for place in 0..<length {
                var bytes = (0..<length).map { UInt8(0x21 + $0 * 37 % 0xDE) }
                #expect(bytes.span.firstSpace(from: 0, to: length) == length)
                bytes[place] = 0x20
                #expect(bytes.span.firstSpace(from: 0, to: length) == place)
            }
        }
    }

    @Test func `a byte is found at any place`() {
        for length in 0...24 {
            for place in 0..<length {
                for byte in [0x2F, 0x00, 0x80, 0xFF] as [UInt8] {
                    // Its neighbours in number stand before and behind it: a borrow must not find them.
                    var bytes = (0..<length).map { _ in byte &+ 1 }
                    #expect(bytes.span.first(byte, from: 0, to: length) == length)
                    bytes[place] = byte
                    #expect(bytes.span.first(byte, from: 0, to: length) == place)
                    #expect(bytes.span.first(byte, from: place + 1, to: length) == length)
                    #expect(bytes.span.first(byte, from: 0, to: place) == place)
                }
            }
        }
    }

    @Test(arguments: [false, true])
    func `what names and paths are made of is passed over in words of eight`(_ takesSlashes: Bool) {
        let plain = Set((Self.alphanumerics + "-_" + (takesSlashes ? "/" : "")).utf8)
        for byte in UInt8.min...UInt8.max {
            for place in 0..<16 {
                var bytes = Array("aZ09-_zA5m3M-x_Y".utf8)
                bytes[place] = byte
                let expected = plain.contains(byte) ? 16 : place
                #expect(bytes.span.firstUnplain(from: 0, to: 16, takesSlashes: takesSlashes) == expected, "\(byte) at \(place)")
            }
        }
    }

    @Test func `the end of a set is found at any place`() {
        for byte in UInt8.min...UInt8.max {
            for place in 0..<20 {
                var bytes = Array("some-name_of-20byte!".utf8)
                bytes[place] = byte
                #expect(bytes.span.firstOutside(.token, from: 0, to: 20) == (ByteSet.token.contains(byte) ? 20 : place))
            }
        }
    }
}
