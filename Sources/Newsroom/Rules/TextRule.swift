/// What a text member may hold: the one table of lengths. Lengths are counted in Unicode scalars.
package struct TextRule: Sendable, Equatable {
    package let lengthMax: Int
    /// Whether it is one line: then breaks and tabs become spaces, and white space at the ends goes.
    package let isLine: Bool

    package static func line(_ lengthMax: Int) -> TextRule { TextRule(lengthMax: lengthMax, isLine: true) }
    package static func text(_ lengthMax: Int) -> TextRule { TextRule(lengthMax: lengthMax, isLine: false) }

    // Articles
    package static let headline = line(500)
    package static let subheadline = line(1_000)
    package static let summary = text(10_000)
    package static let body = text(1_048_576)
    package static let byline = line(500)
    package static let dateline = line(300)
    package static let section = line(100)
    package static let tag = line(100)
    package static let articlePlace = line(200)
    package static let source = line(300)
    package static let usageTerms = text(2_000)
    package static let correction = text(5_000)
    /// What the log says of a write.
    package static let note = line(500)

    // People and organizations
    package static let name = line(300)
    package static let description = text(10_000)
    package static let office = line(300)
    package static let linkTitle = line(300)
    package static let identifier = line(255)

    // Events
    package static let title = line(500)
    package static let placeName = line(300)
    package static let stated = line(300)
    /// Why an event's date changed, or why it is off.
    package static let reason = text(2_000)

    // Statements
    package static let statementText = text(10_000)
    /// How an unnamed source is called: `a senior US official`.
    package static let sourceDescription = line(300)
    /// What the newsroom keeps of an unnamed source for itself.
    package static let sourceNote = text(10_000)
    package static let claimValue = line(300)
    /// The words that a quotation is found by in the body of an article, and those before and behind them.
    package static let anchorExact = text(10_000)
    package static let anchorContext = text(500)

    /// What a reference says of its target's part: `subject`.
    package static let referenceRole = line(100)
}

/// How many items the list members may hold.
package enum CountRule {
    package static let tags = 100
    package static let places = 100
    package static let corrections = 200
    package static let reviewMarks = 1_000
    package static let references = 500
    package static let aliases = 100
    /// Of an event: dates that it was promised for, and moves of its life.
    package static let slots = 200
    package static let causes = 100
    package static let transitions = 500
    /// Of a statement: whom it came through, and the events that it is about.
    package static let chain = 20
    /// Of a cause or a transition: the statements that it rests on.
    package static let basis = 100
    package static let statementEvents = 100
    package static let roles = 200
    package static let links = 100
    package static let identifiers = 50
    package static let externalIDs = 50
}
