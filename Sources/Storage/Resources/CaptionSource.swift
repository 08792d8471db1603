import Newsroom
import SQLite

/// Where what references are called is taken from: the tables as they are, or a moment of the past. Targets that are not there get none.
protocol CaptionSource {
    /// - Parameter day: the day at which offices count.
    mutating func add(_ reference: Reference<Person>, on day: Int, to captions: inout Captions) throws(SQLiteError)
    mutating func add(_ reference: Reference<Organization>, to captions: inout Captions) throws(SQLiteError)
    mutating func add(_ reference: Reference<Event>, to captions: inout Captions) throws(SQLiteError)
    /// What is said of articles and statements says from when on everybody may know it: see `Captions.seen`.
    mutating func add(_ reference: Reference<Article>, to captions: inout Captions) throws(SQLiteError)
    mutating func add(_ reference: Reference<Statement>, to captions: inout Captions) throws(SQLiteError)
}
