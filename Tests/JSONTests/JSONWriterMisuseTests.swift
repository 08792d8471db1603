import Testing

@testable import JSON

#if DEBUG
    /// Each in a process of its own, which must end by the assertion.
    struct JSONWriterMisuseTests {
        @Test func `a name outside an object stops the program`() async {
            await #expect(processExitsWith: .failure) {
                var writer = JSONWriter()
                writer.beginArray()
                writer.name("a")
            }
        }

        @Test func `a literal name with something to escape stops the program`() async {
            await #expect(processExitsWith: .failure) {
                var writer = JSONWriter()
                writer.beginObject()
                writer.name("a\"b")
            }
        }

        @Test func `a value without a name in an object stops the program`() async {
            await #expect(processExitsWith: .failure) {
                var writer = JSONWriter()
                writer.beginObject()
                writer.null()
            }
        }

        @Test func `a bracket that does not pair stops the program`() async {
            await #expect(processExitsWith: .failure) {
                var writer = JSONWriter()
                writer.beginObject()
                writer.endArray()
            }
        }

        @Test func `a name without its value stops the program`() async {
            await #expect(processExitsWith: .failure) {
                var writer = JSONWriter()
                writer.beginObject()
                writer.name("a")
                writer.endObject()
            }
        }

        @Test func `a second value stops the program`() async {
            await #expect(processExitsWith: .failure) {
                var writer = JSONWriter()
                writer.null()
                writer.null()
            }
        }

        @Test func `a text that is not whole stops the program`() async {
            await #expect(processExitsWith: .failure) {
                var writer = JSONWriter()
                writer.beginArray()
                _ = writer.finish()
            }
        }

        @Test func `a number that JSON does not have stops the program`() async {
            await #expect(processExitsWith: .failure) {
                var writer = JSONWriter()
                writer.double(.infinity)
            }
        }
    }
#endif
