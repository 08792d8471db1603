import Documents
import JSON
import Newsroom
import SQLite

/// An article as it is shown, with what is kept beside it.
struct ArticleRendering {
    let json: [UInt8]
    /// Where the member is in `json` that lists leave out, with the comma before it.
    let body: Range<Int>
    /// What it refers to, as `ShownTarget` writes it.
    let targets: [UInt8]

    /// The number of the wire form. A program with another one makes all that is kept anew: it is raised with every change of what an
    /// article is shown as.
    static let form: Int64 = 2

    /// Of a document of the log; nil where it has another form than today's.
    init?(_ document: Span<UInt8>, from database: Database, _ showing: Showing) throws(SQLiteError) {
        guard let article = LoggedArticle(document) else { return nil }
        var writer = JSONWriter(reserving: document.count + 1_024)
        var targets: [UInt8] = []
        let body = try article.write(document, to: &writer) { kind, id, day, writer throws(SQLiteError) in
            if let key = try showing.writeCaption(kind, id, day, to: &writer, from: database) {
                ShownTarget(kind, key: key).append(to: &targets)
            }
        }
        guard let body else { return nil }
        self.json = writer.finish()
        self.body = body
        self.targets = targets
    }
}
