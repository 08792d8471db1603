/// The files of this folder, embedded in the program, so that it needs nothing beside it. The manifest names them too.
package enum Migrations {
    /// In the order of their numbers: `0001_log.sql` and its text.
    package static let files: [(name: String, script: [UInt8])] = [
        ("0001_log.sql", PackageResources._001_log_sql),
        ("0002_organizations.sql", PackageResources._002_organizations_sql),
        ("0003_people.sql", PackageResources._003_people_sql),
        ("0004_events.sql", PackageResources._004_events_sql),
        ("0005_articles.sql", PackageResources._005_articles_sql),
        ("0006_idempotency.sql", PackageResources._006_idempotency_sql),
    ]
}
