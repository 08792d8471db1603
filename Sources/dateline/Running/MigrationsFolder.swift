internal import Glibc

/// Where the migrations are: what `storage.migrations` names; or, as `auto`, the first of these that is there:
///
/// 1. `../share/dateline/migrations` beside the folder of the executable, as an installation has it;
/// 2. `migrations` beside a `Package.swift` in a folder above the executable, as a checkout has it;
/// 3. `migrations` in the working directory.
enum MigrationsFolder {
    static func path(_ settings: Settings) throws(Failure) -> String {
        if let path = settings.optionalText(.storageMigrations) { return path }
        let candidates = candidates(executable: executablePath())
        guard let path = candidates.first(where: { isFolder($0) }) else {
            throw Failure("the migrations are not found; --storage-migrations names their folder", status: .noInput)
        }
        return path
    }

    static func candidates(executable: String?, exists: (String) -> Bool = { access($0, F_OK) == 0 }) -> [String] {
        var candidates: [String] = []
        var folder = executable.map(parent) ?? ""
        if !folder.isEmpty { candidates.append("\(parent(of: folder))/share/dateline/migrations") }
        while !folder.isEmpty {
            if exists("\(folder)/Package.swift") { candidates.append("\(folder)/migrations") }
            folder = parent(of: folder)
        }
        return candidates + ["migrations"]
    }

    /// `/a/b` of `/a/b/c`; nothing of `/a`.
    private static func parent(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Links resolved; nil where proc(5) is not mounted.
    private static func executablePath() -> String? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        return count > 0 ? String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self) : nil
    }
}
