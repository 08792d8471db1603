// swift-tools-version: 6.2
import PackageDescription

// One settings list for every target: Swift 6 mode comes with the tools version.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

// The hot loops: exclusivity is still checked at compile time, and at run time in debug builds, where every test runs.
let hot = settings + [.unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release))]

// The schema, forward only: a new file is named here and in migrations/Migrations.swift.
let migrations: [Resource] = [
    "0001_log.sql", "0002_organizations.sql", "0003_people.sql", "0004_events.sql", "0005_articles.sql", "0006_captions.sql",
    "0007_history.sql", "0008_lists.sql", "0009_search.sql", "0010_idempotency.sql", "0011_search_index.sql",
    "0012_renderings.sql", "0013_past.sql", "0014_event_life.sql", "0015_statements.sql",
    "0016_windows_and_offices.sql", "0017_merges.sql", "0018_article_life.sql", "0019_tokens.sql", "0020_conflicts.sql",
    "0021_changes.sql", "0022_webhooks.sql", "0023_told.sql",
].map { .embedInCode($0) }

let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")

/// A test target of the same settings, for the target that it is named after.
func tests(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.target(name: name)] + dependencies, resources: resources,
        swiftSettings: settings)
}

let package = Package(
    name: "dateline",
    products: [.executable(name: "dateline", targets: ["dateline"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: []),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    ],
    targets: [
        .target(name: "Locks", swiftSettings: hot),
        .target(name: "Addresses", swiftSettings: hot),

        // Storage, from the bottom up.
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .target(name: "SQLite", dependencies: ["CSQLite"], swiftSettings: hot),
        .target(name: "Migrations", path: "migrations", resources: migrations, swiftSettings: settings),
        .target(name: "JSON", swiftSettings: hot),
        .target(name: "Newsroom", dependencies: ["Addresses", "Locks"], swiftSettings: settings),
        .target(name: "Documents", dependencies: ["JSON", "Newsroom"], swiftSettings: settings),
        .target(
            name: "Storage", dependencies: ["Locks", "SQLite", "Migrations", "JSON", "Newsroom", "Documents", crypto],
            swiftSettings: hot),

        // HTTP, from the bottom up.
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "Gzip", dependencies: ["CZlib"], swiftSettings: hot),
        .target(name: "CLinux"),
        .target(name: "HTTP", dependencies: ["Addresses", "JSON", httpTypes], swiftSettings: hot),
        .target(name: "HTTPServer", dependencies: ["Addresses", "Locks", "HTTP", "CLinux", httpTypes], swiftSettings: hot),
        .target(name: "Routing", dependencies: ["HTTP", httpTypes], swiftSettings: hot),

        // Sending, from the bottom up.
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .target(name: "Curl", dependencies: ["CCurl", "Locks"], swiftSettings: settings),
        .target(
            name: "Webhooks", dependencies: ["Addresses", "Curl", "Documents", "JSON", "Locks", "Newsroom", crypto],
            swiftSettings: settings),

        // Where they meet.
        .target(
            name: "NewsroomAPI",
            dependencies: ["Addresses", "Locks", "Newsroom", "Documents", "JSON", "HTTP", "Gzip", "Routing", httpTypes],
            swiftSettings: hot),
        .executableTarget(
            name: "dateline",
            dependencies: [
                "Addresses", "CLinux", "Documents", "HTTP", "HTTPServer", "JSON", "Locks", "Newsroom", "NewsroomAPI", "Routing",
                "Storage", "Webhooks", httpTypes, logging,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Configuration", package: "swift-configuration"),
            ],
            swiftSettings: settings,
            // Of the toolchain's linkers the one that says nothing of what the static FoundationEssentials does (mktemp).
            linkerSettings: [.unsafeFlags(["-use-ld=lld"], .when(configuration: .release))]),

        // What undoes compression, for the tests that look at it.
        .target(name: "Inflating", dependencies: ["CZlib"], path: "Tests/Inflating", swiftSettings: settings),
        // How many tests run at a time, and what they wait by.
        .target(name: "Turns", dependencies: ["Locks"], path: "Tests/Turns", swiftSettings: settings),
        tests("Locks"), tests("Addresses"), tests("JSON"), tests("HTTP", ["Addresses", "JSON", "Locks", httpTypes]),
        tests("HTTPServer", ["Addresses", "HTTP", "CLinux", "Locks", "Turns", httpTypes]),
        tests("Routing", ["HTTP", httpTypes]), tests("SQLite", ["CSQLite", "Turns"]), tests("Newsroom", ["Addresses"]),
        tests("Gzip", ["Inflating"]), tests("Documents", ["JSON", "Locks", "Newsroom"]),
        tests("Storage", ["SQLite", "Newsroom", "JSON", "Documents", "Locks", "Turns"]),
        tests("NewsroomAPI", ["Addresses", "Newsroom", "Storage", "HTTP", "JSON", "Locks", "Routing", "Inflating", "Turns", httpTypes]),
        tests("Curl", ["HTTP", "HTTPServer", "Locks", "Turns", httpTypes]),
        tests("Webhooks", ["Addresses", "Curl", "HTTP", "HTTPServer", "JSON", "Locks", "Newsroom", "Storage", "Turns", httpTypes, crypto]),
        tests("dateline", ["HTTP", "HTTPServer", "JSON", "CLinux", "Inflating", "Locks", "SQLite", "Turns", httpTypes]),
        .testTarget(name: "TidyTests", dependencies: ["dateline", "Migrations"], swiftSettings: settings),
    ]
)
