internal import Newsroom

extension Parameters {
    /// The instant as of which something is asked; a date is the start of its day, UTC.
    mutating func instant(_ name: String) -> Instant? {
        guard let text = take(name) else { return nil }
        do {
            let values = try FilterReader(valueType: .instant, comparison: .equal, valueCountMax: 1).values(of: text)
            if case .instant(let instant)? = values.first { return instant }
        } catch {
            fail(name, error.message.replacing("; __isnull=true asks for what has no value", with: ""))
        }
        return nil
    }
}
