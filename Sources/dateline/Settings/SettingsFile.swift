internal import JSON

/// The settings file: one JSON object whose members are the settings' keys, nested at the dots or with them; null leaves a setting unset.
///
/// ```json
/// {"http": {"port": 8080}, "storage": {"database": "/data/dateline.db"}}
/// ```
package struct SettingsFile: Equatable {
    /// Where it stands, for messages.
    let path: String
    let values: [Setting: String]

    /// Where it is looked for when nobody names it; it need not be there.
    static let standardPath = "config/dateline.json"

    /// The longest one that is read.
    package static let byteCountMax = 1_048_576

    /// The file that was named (it must be there), else the one in the working directory, if there is one.
    ///
    /// - Throws: what is wrong with it, with the line or the name where.
    static func find(named name: String?) throws(SettingsError) -> SettingsFile? {
        let path = name ?? standardPath
        let bytes: [UInt8]
        do {
            bytes = try InputFile(path: path).readAll(upTo: byteCountMax)
        } catch {
            if name == nil, error.isNoSuchFile { return nil }
            throw SettingsError("the settings file \(path) cannot be read: \(error)")
        }
        return try SettingsFile(path: path, bytes: bytes)
    }

    init(path: String, bytes: [UInt8]) throws(SettingsError) {
        let value: JSONValue
        do {
            value = try JSONReader.read(bytes)
        } catch {
            throw SettingsError("the settings file \(path) is not JSON: \(error.message)")
        }
        guard case .object(let object) = value else {
            throw SettingsError("the settings file \(path) must be one JSON object")
        }
        var reading = Reading()
        reading.read(object, under: "")
        guard reading.complaints.isEmpty else {
            throw SettingsError(reading.complaints.map { "\($0) in the settings file \(path)" })
        }
        self.path = path
        self.values = reading.values
    }

    private struct Reading {
        var values: [Setting: String] = [:]
        var complaints: [String] = []
        private var given: Set<Setting> = []

        mutating func read(_ object: JSONObject, under prefix: String) {
            for (name, value) in object.members {
                let key = prefix + name
                if let setting = Setting(rawValue: key) {
                    take(value, for: setting)
                } else if Setting.allCases.contains(where: { $0.rawValue.hasPrefix("\(key).") }) {
                    if case .object(let group) = value {
                        read(group, under: "\(key).")
                    } else {
                        complaints.append("\(key) must be an object of settings")
                    }
                } else {
                    complaints.append(Setting.complaint(aboutUnknown: key))
                }
            }
        }

        private mutating func take(_ value: JSONValue, for setting: Setting) {
            guard given.insert(setting).inserted else { return complaints.append("\(setting.rawValue) is given twice") }
            switch value {
            case .null: break
            case .string(let text): values[setting] = text
            case .integer(let number): values[setting] = String(number)
            case .bool(let truth): values[setting] = truth ? "true" : "false"
            case .double, .array, .object: complaints.append("\(setting.rawValue) must be a text, a whole number, true or false")
            }
        }
    }
}

extension SettingsFile {
    /// A settings file with every setting at its default, in the order of the table.
    package static func standardText() -> [UInt8] {
        var groups: [(name: String, members: [JSONObject.Member])] = []
        for setting in Setting.allCases {
            let components = setting.components
            if groups.last?.name != components[0] { groups.append((components[0], [])) }
            groups[groups.count - 1].members.append((components[1], setting.standardValue))
        }
        var writer = JSONWriter(pretty: true)
        writer.value(.object(JSONObject(groups.map { ($0.name, .object(JSONObject($0.members))) })))
        writer.endLine()
        return writer.take()
    }
}

extension Setting {
    /// The default as a settings file says it.
    fileprivate var standardValue: JSONValue {
        guard let standard = facts.standard else { return .null }
        switch facts.values {
        case .integer, .integerOrAuto: return Int64(standard).map { .integer($0) } ?? .string(standard)
        case .truth: return .bool(standard == "true")
        case .text, .path, .word, .origins, .addresses, .token: return .string(standard)
        }
    }
}
