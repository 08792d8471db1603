import HTTP
import HTTPTypes
import Testing

struct AcceptedCodingTests {
    @Test(
        arguments: [
            // RFC 9110 §12.5.3: none, or one that is empty, means that there is to be no coding.
            (nil, .identity), ("", .identity), (",", .identity),
            ("gzip", .gzipOrIdentity), ("x-gzip", .gzipOrIdentity), ("GZip", .gzipOrIdentity), ("gzip;q=1.0", .gzipOrIdentity),
            ("gzip, deflate, br, zstd", .gzipOrIdentity), ("br;q=1.0, gzip;q=0.8, *;q=0.1", .gzipOrIdentity), ("*", .gzipOrIdentity),
            ("*;q=0.5", .gzipOrIdentity), ("gzip;q=0.001", .gzipOrIdentity), ("deflate, br", .identity), ("gzip;q=0", .identity),
            ("gzip;q=0, *", .identity), ("x-gzip;q=0, *", .identity), ("br, *;q=0, identity", .identity), ("identity", .identity),
            ("gzip;q=0.5, identity", .identity), ("gzip;q=0.5, *", .identity), ("gzip;q=0.5, identity;q=0.5", .gzipOrIdentity),
            ("identity;q=0.5, gzip", .gzipOrIdentity), ("gzip, identity;q=0", .gzip), ("gzip;q=0.1, *;q=0", .gzip),
            ("identity;q=0, *", .gzip),
            ("*, identity;q=0", .gzip), ("identity;q=0", .none), ("*;q=0", .none), ("gzip;q=0, identity;q=0", .none), ("br, *;q=0", .none),
            ("gzip;q=0, *;q=0", .none), ("gzip;q=0, *;q=0, identity;q=0.1", .identity),
            // What is malformed is passed over: here a weight that is none, and no token.
            ("gzip;q=9", .identity), ("gzip;q=high, x-gzip;q=0.5", .gzipOrIdentity), ("é, gzip", .gzipOrIdentity), ("\"gzip\"", .identity),
            ("identity;q=0;q=1, gzip", .gzip), ("gzip q=0", .identity), ("gzipped", .identity),
        ] as [(String?, AcceptedCoding)])
    func `the coding follows the weights`(_ value: String?, _ coding: AcceptedCoding) {
        var fields = HTTPFields()
        if let value { fields.append(HTTPField(name: .acceptEncoding, value: value)) }
        #expect(AcceptedCoding(of: RequestFields(fields)) == coding)
    }

    @Test func `several lines are one list`() {
        var fields = HTTPFields()
        for value in ["br", "gzip;q=0.5", "identity;q=0"] { fields.append(HTTPField(name: .acceptEncoding, value: value)) }
        #expect(AcceptedCoding(of: RequestFields(fields)) == .gzip)
    }
}
