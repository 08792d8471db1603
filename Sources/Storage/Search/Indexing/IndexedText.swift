import JSON
import Newsroom

/// What of a resource can be found, taken from its document in the log: so what is taken out of the index is what was put in.
struct IndexedText {
    var title = ""
    var lead: [String] = []
    var body = ""
    var isHTML = false
    /// When it counts as of: its publication. Nil for what has none.
    var publishedAt: Instant?

    init(_ document: JSONObject, of kind: Kind) {
        switch kind {
        case .article:
            title = document.text("headline")
            lead =
                [document.text("subheadline"), document.text("summary"), document.text("byline")]
                + document.texts("tags") + document.texts("places")
            body = document.text("body")
            isHTML = document.text("body_format") == BodyFormat.html.rawValue
            if case .string(let text)? = document["published_at"] { publishedAt = Instant(rfc3339: text) }
        case .person:
            title = document.text("name")
            lead = document.texts("aliases", "name") + document.texts("roles", "title")
            body = document.text("description")
        case .organization:
            title = document.text("name")
            lead = document.texts("aliases", "name")
        case .event:
            title = document.text("title")
            if case .object(let place)? = document["place"] { lead = [place.text("name")] }
            body = document.text("summary")
        case .statement:
            // Who speaks is found by name; of an unnamed source the words are all there is.
            if case .object(let speaker)? = document["speaker"], case .object(let source)? = speaker["unnamed"] {
                lead = [source.text("description")]
            }
            body = document.text("text")
        }
    }

    static func reading(_ bytes: [UInt8], of kind: Kind) -> IndexedText? {
        guard case .object(let document)? = try? JSONReader.read(bytes, limits: .ofOwnText) else {
            return nil
        }
        return IndexedText(document, of: kind)
    }
}

extension JSONObject {
    fileprivate func text(_ name: String) -> String {
        if case .string(let text)? = self[name] { text } else { "" }
    }

    fileprivate func texts(_ name: String, _ member: String? = nil) -> [String] {
        guard case .array(let elements)? = self[name] else { return [] }
        return elements.compactMap { element in
            switch element {
            case .string(let text): text
            case .object(let object): member.map { object.text($0) }
            default: nil
            }
        }
    }
}
