import Newsroom
import SQLite

// How the values of the domain are read from columns. What does not belong into a column is an error that names it.
extension Row {
    borrowing func id<R: Resource>(_ column: Int32, _ name: @autoclosure () -> String) throws(SQLiteError) -> ID<R> {
        guard let id = withText(column, { ID<R>($0) }) else { throw .undecodable(name()) }
        return id
    }

    borrowing func slug(_ column: Int32, _ name: @autoclosure () -> String) throws(SQLiteError) -> Slug {
        guard let slug = Slug(text(column)) else { throw .undecodable(name()) }
        return slug
    }

    borrowing func instant(_ column: Int32) -> Instant {
        Instant(milliseconds: integer(column))
    }

    borrowing func instantOrNil(_ column: Int32) -> Instant? {
        integerOrNil(column).map(Instant.init(milliseconds:))
    }

    /// A word of a closed vocabulary.
    borrowing func word<Word: RawRepresentable<String>>(
        _ column: Int32, _ name: @autoclosure () -> String
    ) throws(SQLiteError) -> Word {
        guard let word = Word(rawValue: text(column)) else { throw .undecodable(name()) }
        return word
    }

    borrowing func partialDateOrNil(_ column: Int32, _ name: @autoclosure () -> String) throws(SQLiteError) -> PartialDate? {
        guard !isNull(column) else { return nil }
        guard let date = withText(column, { PartialDate($0) }) else { throw .undecodable(name()) }
        return date
    }

    /// A value that is made from a text, and that refuses what is not of its form.
    borrowing func valueOrNil<Value>(
        _ column: Int32, _ name: @autoclosure () -> String, _ make: (String) -> Value?
    ) throws(SQLiteError) -> Value? {
        guard let text = textOrNil(column) else { return nil }
        guard let value = make(text) else { throw .undecodable(name()) }
        return value
    }

    /// When an event begins, as far as that is known, from its EDTF text and its zone.
    borrowing func earliest(_ column: Int32, zone: Int32) throws(SQLiteError) -> String? {
        guard let edtf = try valueOrNil(column, "event.edtf", EDTF.init) else { return nil }
        return Window(edtf: edtf, zone: try valueOrNil(zone, "event.zone", TimeZoneName.init)).earliest
    }

    /// What every table has in its columns 1…5.
    borrowing func record<R: StoredResource>(_: R.Type) throws(SQLiteError) -> Record<R> {
        Record(
            id: try id(1, R.table + ".id"), slug: try slug(2, R.table + ".slug"), version: Int(integer(3)), createdAt: instant(4),
            updatedAt: instant(5))
    }
}
