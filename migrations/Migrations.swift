/// The files of this folder, embedded in the program, so that it needs nothing beside it. The manifest names them too.
package enum Migrations {
    /// In the order of their numbers: `0001_log.sql` and its text.
    package static let files: [(name: String, script: [UInt8])] = [
        ("0001_log.sql", PackageResources._001_log_sql),
        ("0002_organizations.sql", PackageResources._002_organizations_sql),
        ("0003_people.sql", PackageResources._003_people_sql),
        ("0004_events.sql", PackageResources._004_events_sql),
        ("0005_articles.sql", PackageResources._005_articles_sql),
        ("0006_captions.sql", PackageResources._006_captions_sql),
        ("0007_history.sql", PackageResources._007_history_sql),
        ("0008_lists.sql", PackageResources._008_lists_sql),
        ("0009_search.sql", PackageResources._009_search_sql),
        ("0010_idempotency.sql", PackageResources._010_idempotency_sql),
        ("0011_search_index.sql", PackageResources._011_search_index_sql),
        ("0012_renderings.sql", PackageResources._012_renderings_sql),
        ("0013_past.sql", PackageResources._013_past_sql),
        ("0014_event_life.sql", PackageResources._014_event_life_sql),
        ("0015_statements.sql", PackageResources._015_statements_sql),
        ("0016_windows_and_offices.sql", PackageResources._016_windows_and_offices_sql),
        ("0017_merges.sql", PackageResources._017_merges_sql),
        ("0018_article_life.sql", PackageResources._018_article_life_sql),
        ("0019_tokens.sql", PackageResources._019_tokens_sql),
        ("0020_conflicts.sql", PackageResources._020_conflicts_sql),
        ("0021_changes.sql", PackageResources._021_changes_sql),
        ("0022_webhooks.sql", PackageResources._022_webhooks_sql),
        ("0023_told.sql", PackageResources._023_told_sql),
    ]
}
