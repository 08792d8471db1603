import Newsroom
import Testing

@Suite struct PublicChangeTests {
    @Test func `what could be seen before and can be seen after makes the change`() {
        #expect(PublicChange(wasPublic: false, isPublic: false) == nil)
        #expect(PublicChange(wasPublic: false, isPublic: true)?.operation == .created)
        #expect(PublicChange(wasPublic: true, isPublic: true)?.operation == .updated)
        #expect(PublicChange(wasPublic: true, isPublic: false)?.operation == .deleted)
    }
}
