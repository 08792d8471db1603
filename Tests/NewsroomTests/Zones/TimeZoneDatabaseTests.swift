import Testing

@testable import Newsroom

/// The machine's own database of time zones, through our reader.
@Suite struct TimeZoneDatabaseTests {
    static func rules(_ name: String) throws -> ZoneRules {
        let zone = try #require(TimeZoneName(name))
        return try #require(TimeZoneDatabase.system.rules(of: zone), "\(name): is tzdata installed?")
    }

    private static func seconds(_ text: String) throws -> Int {
        try Int(#require(Instant(rfc3339: text)).milliseconds / 1_000)
    }

    @Test(arguments: [
        ("America/New_York", "2024-03-10T06:59:59Z", -18_000), ("America/New_York", "2024-03-10T07:00:00Z", -14_400),
        ("America/New_York", "2099-07-01T00:00:00Z", -14_400), ("America/New_York", "1800-01-01T00:00:00Z", -17_762),
        ("America/New_York", "1943-01-01T00:00:00Z", -14_400), ("Europe/Berlin", "1980-04-06T00:59:59Z", 3_600),
        ("Europe/Berlin", "1980-04-06T01:00:00Z", 7_200), ("Asia/Jerusalem", "2024-03-28T23:59:59Z", 7_200),
        ("Asia/Jerusalem", "2024-03-29T00:00:00Z", 10_800), ("Asia/Gaza", "2024-07-01T00:00:00Z", 10_800),
        ("Asia/Kathmandu", "2024-01-01T00:00:00Z", 20_700), ("Australia/Lord_Howe", "2024-01-01T00:00:00Z", 39_600),
        ("Australia/Lord_Howe", "2024-07-01T00:00:00Z", 37_800), ("Pacific/Apia", "2011-12-30T09:59:59Z", -36_000),
        ("Pacific/Apia", "2011-12-30T10:00:00Z", 50_400), ("Africa/Casablanca", "2024-03-11T00:00:00Z", 0),
        ("Europe/Dublin", "2050-01-15T00:00:00Z", 0), ("Etc/GMT+5", "2024-01-01T00:00:00Z", -18_000), ("UTC", "2024-01-01T00:00:00Z", 0),
        ("America/Argentina/Buenos_Aires", "2024-01-01T00:00:00Z", -10_800), ("Japan", "2024-01-01T00:00:00Z", 32_400),
    ])
    func `zones have the offsets that they had, have and will have`(_ zone: String, _ instant: String, _ offset: Int) throws {
        #expect(try Self.rules(zone).offset(at: Self.seconds(instant)) == offset)
    }

    @Test func `a local time is shown once, twice or never`() throws {
        let newYork = try Self.rules("America/New_York")
        func moments(_ local: String) throws -> [Int] { newYork.moments(showing: try Self.seconds(local + "Z")) }
        #expect(try moments("2024-07-01T12:00:00") == [Self.seconds("2024-07-01T16:00:00Z")])
        #expect(try moments("2024-03-10T01:59:59").count == 1)
        #expect(try moments("2024-03-10T02:00:00").isEmpty && moments("2024-03-10T02:59:59").isEmpty)
        #expect(try moments("2024-03-10T03:00:00") == [Self.seconds("2024-03-10T07:00:00Z")])
        #expect(try moments("2024-11-03T00:59:59").count == 1 && moments("2024-11-03T02:00:00").count == 1)
        #expect(
            try moments("2024-11-03T01:30:00") == [Self.seconds("2024-11-03T05:30:00Z"), Self.seconds("2024-11-03T06:30:00Z")])
        // Beyond the table, by the rule alone.
        #expect(try moments("2150-03-08T02:30:00").isEmpty && moments("2150-11-01T01:30:00").count == 2)
    }

    @Test func `each instant is one of those that show its local time`() throws {
        var random = SeededRandomSource(seed: 3)
        for zone in ["America/New_York", "Europe/London", "Pacific/Apia", "Asia/Gaza", "Africa/Casablanca", "Antarctica/Troll"] {
            let rules = try Self.rules(zone)
            for _ in 0..<500 {
                let instant = Int(random.next() % 9_000_000_000) - 3_000_000_000
                let local = instant + rules.offset(at: instant)
                #expect(rules.moments(showing: local).contains(instant), "\(zone) \(instant)")
                #expect(rules.change(leavingOut: local) == nil || rules.moments(showing: local).isEmpty == false)
            }
        }
    }

    @Test func `names come from the database, and only what is there is a zone`() throws {
        let database = TimeZoneDatabase.system
        #expect(database.isInstalled)
        #expect(database.names.contains("America/New_York"))
        for name in ["America/Nowhere", "Europe", "utc", "tzdata", "posixrules-"] {
            let zone = try #require(TimeZoneName(name))
            #expect(database.rules(of: zone) == nil, "\(name)")
        }
    }

    @Test(arguments: ["/nonexistent", "/etc", "/dev", "/etc/passwd"])
    func `without a database there is UTC`(_ folder: String) throws {
        let database = TimeZoneDatabase(folder: folder)
        #expect(!database.isInstalled && database.names.isEmpty)
        let utc = try #require(TimeZoneName("UTC"))
        #expect(database.rules(of: utc) == .utc)
        for name in ["America/New_York", "passwd", "null", "zero", "hostname"] {
            let zone = try #require(TimeZoneName(name))
            #expect(database.rules(of: zone) == nil, "\(name)")
        }
    }
}
