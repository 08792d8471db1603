internal import Documents
internal import Newsroom

/// A page of a stream: rendered by the store where the shape is the usual form of items, else read.
enum StreamedPage<Document: ServedDocument>: Sendable {
    case read(Page<Document.R>)
    case rendered(RenderedPage)

    var count: Int {
        switch self {
        case .read(let page): page.items.count
        case .rendered(let page): page.items.count
        }
    }

    var next: Position? {
        switch self {
        case .read(let page): page.next
        case .rendered(let page): page.next
        }
    }

    /// Pages of what is looked for are always read.
    var search: SearchReach? {
        switch self {
        case .read(let page): page.search
        case .rendered: nil
        }
    }

    func add(_ range: Range<Int>, to text: inout ListText<Document>) {
        switch self {
        case .read(let page): for item in page.items[range] { text.add(item) }
        case .rendered(let page): for item in page.items[range] { text.add(page.json[item]) }
        }
    }
}
