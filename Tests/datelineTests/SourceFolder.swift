/// Where the checkout stands that the tests were built from.
enum SourceFolder {
    static let path = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
}
