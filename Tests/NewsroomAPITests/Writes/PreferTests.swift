import HTTP
import HTTPTypes
import JSON
import Newsroom
import Testing
import Turns

@testable import NewsroomAPI

@Suite(.inTurn) struct PreferTests {
    private let lake = #"{"name": "Lake Authority"}"#

    @Test func `return=minimal leaves the body out, and nothing else`() async throws {
        let desk = try Desk()
        let made = try await desk.write("POST /v1/organizations", lake, ["Prefer: return=minimal"])
        #expect(made.status == 201 && made.body.isEmpty && made[.contentType] == nil)
        #expect(made[.preferenceApplied] == "return=minimal")
        let path = try #require(made[.location])
        let shown = try await desk.sendAsNewsroom("GET \(path)")
        #expect(shown.eTag == made.eTag)
        let patched = try await desk.write("PATCH \(path)", #"{"country": "FI"}"#, ["Prefer: return=minimal"])
        #expect(patched.status == 204 && patched.body.isEmpty && patched.eTag.hasPrefix("\"2-"))
        let replaced = try await desk.write("PUT \(path)", lake, ["Prefer: return=minimal"])
        #expect(replaced.status == 204 && replaced.eTag.hasPrefix("\"3-") && replaced[.preferenceApplied] == "return=minimal")
        #expect(replaced[.vary]?.contains("Prefer") == true)
        let deleted = try await desk.sendAsNewsroom("DELETE \(path)", ["If-Match: *", "Prefer: return=minimal"])
        #expect(deleted.status == 204 && deleted[.preferenceApplied] == "return=minimal")
    }

    @Test func `return=representation is what writes answer anyway, and shows what was deleted`() async throws {
        let desk = try Desk()
        let made = try await desk.write("POST /v1/organizations", lake, ["Prefer: return=representation"])
        #expect(made.status == 201 && made.string("name") == "Lake Authority" && made[.preferenceApplied] == "return=representation")
        let deleted = try await desk.sendAsNewsroom(
            "DELETE /v1/organizations/\(made.id)", ["If-Match: *", "Prefer: return=representation"])
        #expect(deleted.status == 200 && deleted.body == made.body && deleted[.eTag] == nil)
        #expect(try await desk.sendAsNewsroom("GET /v1/organizations/\(made.id)").status == 410)
    }

    @Test func `tx=rollback checks and shows everything, and keeps nothing`() async throws {
        let desk = try Desk()
        let rehearsed = try await desk.write("POST /v1/organizations", lake, ["Prefer: tx=rollback"])
        #expect(rehearsed.status == 201 && rehearsed.string("slug") == "lake-authority")
        #expect(rehearsed[.preferenceApplied] == "tx=rollback" && rehearsed[.location] == nil && rehearsed[.eTag] == nil)
        #expect(try await desk.sendAsNewsroom("GET /v1/organizations/\(rehearsed.id)").status == 404)
        let made = try await desk.create("organizations", lake)
        let path = "/v1/organizations/\(made.id)"
        let patched = try await desk.write("PATCH \(path)", #"{"country": "FI"}"#, ["Prefer: tx=rollback"])
        #expect(patched.status == 200 && patched["version"] == 2 && patched.string("country") == "FI")
        let replaced = try await desk.write("PUT \(path)", #"{"name": "Lake Board"}"#, ["Prefer: tx=rollback, return=minimal"])
        #expect(replaced.status == 204 && replaced[.preferenceApplied] == "return=minimal, tx=rollback")
        let deleted = try await desk.sendAsNewsroom("DELETE \(path)", ["If-Match: *", "Prefer: tx=rollback"])
        #expect(deleted.status == 204 && deleted[.preferenceApplied] == "tx=rollback")
        let after = try await desk.sendAsNewsroom("GET \(path)")
        #expect(after.body == made.body && after.eTag == made.eTag)
        #expect(try await desk.newsroom.newestSequence() == 1)
    }

    @Test func `a version is brought back as it is preferred`() async throws {
        let desk = try Desk()
        let path = "/v1/organizations/\(try await desk.create("organizations", lake).id)"
        _ = try await desk.write("PATCH \(path)", #"{"name": "Lake Board"}"#)
        let (line, json) = ("POST \(path)/actions/restore", #"{"version": 1}"#)
        let rehearsed = try await desk.write(line, json, ["Prefer: tx=rollback", "If-Match: *"])
        #expect(rehearsed.status == 200 && rehearsed["version"] == 3 && rehearsed.string("name") == "Lake Authority")
        #expect(rehearsed[.preferenceApplied] == "tx=rollback" && rehearsed[.eTag] == nil)
        #expect(try await desk.sendAsNewsroom("GET \(path)").string("name") == "Lake Board")
        let minimal = try await desk.write(line, json, ["Prefer: return=minimal", "If-Match: *"])
        #expect(minimal.status == 204 && minimal.body.isEmpty && minimal.eTag.hasPrefix("\"3-"))
        #expect(minimal[.preferenceApplied] == "return=minimal")
        #expect(try await desk.sendAsNewsroom("GET \(path)").eTag == minimal.eTag)
    }

    @Test func `a rehearsal is refused for what the write would be refused for`() async throws {
        let desk = try Desk()
        let made = try await desk.create("organizations", lake)
        let path = "/v1/organizations/\(made.id)"
        #expect(try await desk.write("POST /v1/organizations", "{}", ["Prefer: tx=rollback"]).status == 422)
        #expect(try await desk.write("PATCH \(path)", "{}", ["Prefer: tx=rollback", "If-Match: \"9\""]).status == 412)
        #expect(try await desk.sendAsNewsroom("DELETE \(path)", ["Prefer: tx=rollback"]).status == 428)
        #expect(try await desk.send("DELETE \(path)", ["If-Match: *", "Prefer: tx=rollback"]).status == 401)
    }

    @Test func `a preference that is not known is passed over`() async throws {
        let made = try await Desk().write("POST /v1/organizations", lake, ["Prefer: handling=strict, return=everything"])
        #expect(made.status == 201 && !made.body.isEmpty && made[.preferenceApplied] == nil)
    }
}
