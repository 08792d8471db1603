internal import Addresses
internal import Documents
internal import HTTP
internal import HTTPServer
internal import Logging
internal import Newsroom
internal import NewsroomAPI
internal import Storage

// Each limit and rule of each layer, from its setting.

extension ServerLimits {
    init(_ settings: Settings) {
        self.init()
        head.headByteCountMax = settings.integer(.httpHeadBytesMax)
        head.targetByteCountMax = settings.integer(.httpTargetBytesMax)
        head.fieldCountMax = settings.integer(.httpFieldsMax)
        headWithin = settings.duration(.httpHeadMs)
        bodyGrace = settings.duration(.httpBodyGraceMs)
        bodyBytesPerSecondMin = settings.integer(.httpBodyBytesPerSecondMin)
        answerStall = settings.duration(.httpAnswerStallMs)
        answerBytesPerSecondMin = settings.integer(.httpAnswerBytesPerSecondMin)
        coalescedByteCountMax = settings.integer(.httpCoalescedBytesMax)
        unsentByteCountMax = settings.integer(.httpUnsentBytesMax)
        idle = settings.duration(.httpIdleMs)
        connectionCountMax = settings.integer(.httpConnectionsMax)
        refusalCountMax = settings.integer(.httpRefusalsMax)
        lingerWithin = settings.duration(.httpLingerMs)
        lingerByteCountMax = settings.integer(.httpLingerBytesMax)
        backlogCountMax = settings.integer(.httpBacklogMax)
        acceptPause = settings.duration(.httpAcceptPauseMs)
        drainIdleGrace = settings.duration(.httpDrainIdleMs)
        drainWithin = settings.duration(.httpDrainMs)
        // Each connection to the database has two files open; beside the readers' there are the writer's two and the two that watch for
        // others' commits. The rest is for what all share, and for logs and signals.
        descriptorCountReserved = 2 * (settings.integer(.storageReaders) + settings.integer(.storageLongQueries) + 4) + 16
    }
}

extension APILimits {
    init(_ settings: Settings) {
        self.init()
        bodyByteCountMax = settings.integer(.httpBodyBytesMax)
        pageByteCountMax = settings.integer(.httpPageBytesMax)
        facetsWithin = settings.duration(.httpFacetsMs)
        streamCountMax = settings.integer(.httpStreamsMax)
        listenerCountMax = settings.integer(.feedListenersMax)
        listenerByteCountMax = settings.integer(.feedLagBytesMax)
        importByteCountMax = settings.integer(.importBytesMax)
        keptByteCountMax = settings.integer(.httpKeptBytesMax)
        gzipByteCountMin = settings.integer(.httpGzipBytesMin)
        depthMax = settings.integer(.jsonDepthMax)
        importing = ImportLimits(settings)
    }
}

extension ImportLimits {
    init(_ settings: Settings) {
        self.init()
        lineByteCountMax = settings.integer(.importLineBytesMax)
        depthMax = settings.integer(.jsonDepthMax)
        batchRowCountMax = settings.integer(.importBatchMax)
    }
}

extension SQLiteNewsroomStore.Options {
    init(_ settings: Settings) {
        self.init(
            path: settings.text(.storageDatabase), readerCount: settings.integer(.storageReaders),
            longQueryCount: settings.integer(.storageLongQueries), queryWithin: settings.duration(.storageQueryMs),
            writeQueueCountMax: settings.integer(.storageWriteQueueMax), batchCountMax: settings.integer(.storageBatchMax),
            receiptCountMax: settings.integer(.storageKeysMax),
            synchronous: settings.text(.storageSynchronous) == "full" ? .full : .normal, busyWithin: settings.duration(.storageBusyMs))
    }
}

extension Access {
    init(_ settings: Settings) {
        self.init(
            adminToken: settings.optionalText(.adminToken), allowsAnonymous: settings.truth(.accessAnonymous),
            failuresPerMinute: settings.integer(.accessFailuresPerMinute))
    }
}

extension Settings {
    var origins: AllowedOrigins? { optionalText(.httpCorsOrigins).flatMap { AllowedOrigins($0) } }
    var destinations: DestinationRule { DestinationRule(allowed: addresses(.webhooksAllowedAddresses)) }
    var trustedProxies: TrustedProxies { TrustedProxies(addresses(.accessTrustedProxies)) }
    var logLevel: Logger.Level { Logger.Level(rawValue: text(.logLevel)) ?? .info }

    private func addresses(_ setting: Setting) -> [AddressBlock] { optionalText(setting).flatMap { AddressBlock.list($0) } ?? [] }
}
