import Newsroom

/// What SQL asks of the rows of a kind, or of rows that have the same columns, so that somebody may see them.
struct Visibility: Sendable {
    /// The sort column by which an index orders what may be seen, and in which nothing that may be seen is NULL; nil without one.
    let ordersBy: String?
    /// What the kind's rows are called where a statement calls them nothing else.
    private let table: String
    private let text: @Sendable (_ rows: String, _ now: String, _ plus: String) -> String
    /// The row of the log up to which everybody was told last that what may be seen is there; nil where that is not asked.
    private var sequence: Int64?

    /// - Parameter text: the condition on rows of that name, with a placeholder for the present moment in milliseconds. Where no index
    ///   shall be chosen for its sake, `plus` stands before its columns (sqlite.org/optoverview.html, "unary plus").
    init(
        of table: String, ordersBy: String? = nil, _ text: @escaping @Sendable (_ rows: String, _ now: String, _ plus: String) -> String
    ) {
        self.table = table
        self.ordersBy = ordersBy
        self.text = text
    }

    /// - Parameters:
    ///   - rows: what the statement calls the rows; nil: as their table.
    ///   - mayLead: whether its index may be entered for its sake.
    func condition(of rows: String? = nil, at now: Instant, mayLead: Bool = false, in sql: inout SQLText) -> String {
        let isSeen = text(rows ?? table, sql.bind(.integer(now.milliseconds)), mayLead ? "" : "+")
        guard let sequence else { return isSeen }
        return "(\(isSeen) AND \(PublicChange.wasPublic("\(rows ?? table).id", by: sql.bind(.integer(sequence)))))"
    }

    /// Of the past: what may be seen by now, and could be when a row of the log was written.
    func told(by sequence: Int64) -> Visibility {
        var told = self
        told.sequence = sequence
        return told
    }

    /// What may be seen where a row may that it belongs to.
    func inherited(by table: String, _ isOwner: @escaping @Sendable (_ rows: String) -> String) -> Visibility {
        Visibility(of: table) { [self] rows, now, _ in
            "EXISTS (SELECT 1 FROM \(self.table) WHERE \(isOwner(rows)) AND \(text(self.table, now, "+")))"
        }
    }
}
