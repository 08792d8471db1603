/// The program's version (semver.org).
enum Version {
    static let text = "0.1.0"
    /// What `dateline version` and `--version` print.
    static let line = "dateline \(text)"
}
