package import JSON
package import Newsroom

/// How resources of one kind look as JSON: on the wire, in the log, in import and export.
package protocol ResourceDocument<R>: Sendable {
    associatedtype R: Resource

    /// The members of the wire form, in the order in which they are written; at most 64.
    static var memberNames: [String] { get }

    /// Reads one member that is not common to all kinds; false where there is none of that name.
    static func readMember(
        _ name: String, _ value: JSONValue, into draft: inout R.Draft, over base: R.Draft?, _ reader: inout DocumentReader
    ) -> Bool

    /// Reads what can only be understood with the other members; called once, when they have been read.
    static func readLast(_ object: JSONObject, into draft: inout R.Draft, over base: R.Draft?, _ reader: inout DocumentReader)

    /// Writes a resource as one JSON object, ready for more behind it.
    static func write(_ resource: R, to writer: inout JSONWriter, form: DocumentForm, selecting: FieldSelection?)
}

extension ResourceDocument {
    package static func readLast(_ object: JSONObject, into draft: inout R.Draft, over base: R.Draft?, _ reader: inout DocumentReader) {}
}

/// A resource that has a document: all of them. For code that is written once for all kinds.
package protocol Documented: Resource {
    associatedtype Document: ResourceDocument where Document.R == Self
}

extension Article: Documented { package typealias Document = ArticleDocument }
extension Person: Documented { package typealias Document = PersonDocument }
extension Organization: Documented { package typealias Document = OrganizationDocument }
extension Event: Documented { package typealias Document = EventDocument }
extension Statement: Documented { package typealias Document = StatementDocument }

/// What an object is read as.
package enum ReadingMode: Sendable {
    /// POST: everything that is said, over nothing. What the server sets is refused.
    case create
    /// PUT: everything that is said, over nothing. What the server sets may be there if it is what is stored.
    case replace
    /// PATCH (JSON Merge Patch, RFC 7396): named members are set, null clears, objects merge, lists are replaced.
    case merge
    /// A record of an import: merged over what is stored, if anything is. `type` names the kind, so an article's own type is
    /// `article_type`;
    /// `id`, `external_id` and `first_published_at` may be given.
    case importRecord
    /// A document of the log, which this program wrote.
    case log

    var merges: Bool {
        switch self {
        case .merge, .importRecord: true
        case .create, .replace, .log: false
        }
    }
}

/// What a resource is written as.
package enum DocumentForm: Sendable {
    /// All members, those without a value as null; references with captions.
    case wire
    /// As `wire`, without the long members (`body`) unless they are selected by name.
    case listItem
    /// What the log keeps: no url and no captions, references by id; members without a value are left out.
    case log
    /// A record that an import takes: references by external id where the query named one; members without a value are left out.
    case export

    var isWire: Bool {
        switch self {
        case .wire, .listItem: true
        case .log, .export: false
        }
    }
}
