internal import HTTP
internal import JSON
internal import NewsroomAPI

/// `docs/settings.md`, made of the table of settings: whoever changes that writes the document anew by `dateline config --markdown`.
package enum SettingsDocument {
    package static var text: String {
        ([introduction] + groups.map(section) + [fixedLimits]).joined(separator: "\n")
    }

    private static let introduction = """
        # Settings

        A setting is set by, the strongest first: its flag (`--http-port 9000`), its environment variable (`DATELINE_HTTP_PORT=9000`),
        its member of the settings file (`{"http": {"port": 9000}}` or `{"http.port": 9000}`), its default. All of these names follow
        from its key. Short names (`--port`, `DATELINE_PORT`) say the same. The file is the one that `--config` or `DATELINE_CONFIG`
        names, else `config/dateline.json` in the working directory, if there is one. An unknown flag, variable or member, one given
        twice, and a value out of its range, stop the program with one line. `dateline config` shows each setting with its value and
        source, `dateline config http.port` prints one value alone; secrets are masked. No limit can be switched off.

        The status is what a client gets that goes beyond the limit. What says SIGHUP in the last column but one is taken over by a
        running server at that signal, all of it or nothing ([operations.md](operations.md#settings-at-run-time)); the rest needs a
        restart.

        This page is made by `dateline config --markdown`.

        """

    private struct Group {
        let title: String
        var settings: [Setting]
    }

    /// The settings in the order of their table, those of one group after another under one title.
    private static var groups: [Group] {
        var groups: [Group] = []
        for setting in Setting.allCases {
            let title = title(of: setting.components[0])
            if groups.last?.title != title { groups.append(Group(title: title, settings: [])) }
            groups[groups.count - 1].settings.append(setting)
        }
        return groups
    }

    private static func title(of group: String) -> String {
        switch group {
        case "http", "json": group.uppercased()
        case "log": "Logging"
        // The admin's token is a matter of access.
        case "admin": "Access"
        default: group.prefix(1).uppercased() + group.dropFirst()
        }
    }

    private static func section(_ group: Group) -> String {
        let head = ["| setting | default | unit | range | status | changed by | meaning |", "|---|---|---|---|--:|---|---|"]
        return "## \(group.title)\n\n\((head + group.settings.map(row)).joined(separator: "\n"))\n"
    }

    /// ``| `http.port` `--port` | `8080` | – | 0 to 65535 | – | restart | what it means |``
    private static func row(_ setting: Setting) -> String {
        let facts = setting.facts
        let names = ([setting.rawValue] + (facts.short.map { ["--\($0)"] } ?? [])).map { "`\($0)`" }.joined(separator: " ")
        let cells = [
            names, facts.standard.map { "`\($0)`" } ?? "–", facts.unit?.rawValue ?? "–", facts.values.range,
            facts.status.map(String.init) ?? "–", facts.needsRestart ? "restart" : "SIGHUP", facts.meaning,
        ]
        return "| \(cells.joined(separator: " | ")) |"
    }

    /// Limits that are none of the settings.
    private static var fixedLimits: String {
        let limits = APILimits()
        let rows: [(String, Int, String)] = [
            ("values in a JSON text, lists and objects included", JSONLimits().valueCountMax, "400 `json_too_complex`"),
            ("combining marks in a row in a JSON string", JSONLimits.combiningMarkCountMax, "400 `json_too_complex`"),
            ("values in a filter by `__in`", limits.filterValueCountMax, "400 `invalid_parameter`"),
            ("items on a page", limits.pageLimitMax, "400 `invalid_parameter`"),
            ("operations in a batch", limits.batchOperationCountMax, "422 `validation_failed`"),
            ("problems that an import's summary tells in full", limits.importProblemCountMax, "the others are counted"),
            (
                "bytes of an import's result lines held while its body still comes", limits.importHeldByteCountMax,
                "the client has to read while it sends"
            ),
            ("bytes of the settings file", SettingsFile.byteCountMax, "the program does not start"),
        ]
        return """
            ## Fixed limits

            These are no settings. `/v1/meta` tells some of them.

            | limit | value | beyond it |
            |---|--:|---|
            \(rows.map { "| \($0) | \($1) | \($2) |" }.joined(separator: "\n"))

            """
    }
}

extension SettingValues {
    /// Which values there are, in some words.
    fileprivate var range: String {
        switch self {
        case .text: "text"
        case .path: "path"
        case .integer(let range): "\(range.lowerBound) to \(range.upperBound)"
        case .integerOrAuto(let range): "auto, \(range.lowerBound) to \(range.upperBound)"
        case .word(let words): words.joined(separator: ", ")
        case .truth: "true, false"
        case .origins: "origins"
        case .addresses: "addresses"
        case .token: "16 to 512 characters"
        }
    }
}
