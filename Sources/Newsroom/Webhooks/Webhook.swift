/// An address that is told of changes, one after the other in the order of the log.
package struct Webhook: Sendable, Equatable {
    package let id: WebhookID
    /// 1, 2, 3 …: raised whenever a client changes the draft.
    package var version: Int
    package var draft: Draft
    package var position: WebhookPosition
    /// Nil while it is delivered to.
    package var disabled: WebhookDisabling?
    package var createdAt: Instant
    package var updatedAt: Instant

    package init(
        id: WebhookID, version: Int, draft: Draft, position: WebhookPosition, disabled: WebhookDisabling? = nil, createdAt: Instant,
        updatedAt: Instant
    ) {
        self.id = id
        self.version = version
        self.draft = draft
        self.position = position
        self.disabled = disabled
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    /// How many there may be.
    package static let countMax = 100

    /// What a client can write.
    package struct Draft: Sendable, Equatable {
        /// Nil in a draft alone that is not complete.
        package var url: WebURL?
        package var description: String?
        /// Whose changes are told; nil: those of all kinds.
        package var kinds: [Kind]?
        /// Which changes are told; nil: all.
        package var operations: [LogOperation]?
        package var audience: WebhookAudience

        package init(
            url: WebURL? = nil, description: String? = nil, kinds: [Kind]? = nil, operations: [LogOperation]? = nil,
            audience: WebhookAudience = .everybody
        ) {
            self.url = url
            self.description = description
            self.kinds = kinds
            self.operations = operations
            self.audience = audience
        }

        /// Whether a change of the feed that its audience sees is delivered.
        package func wants(_ operation: LogOperation, of kind: Kind) -> Bool {
            kinds?.contains(kind) ?? true && operations?.contains(operation) ?? true
        }

        /// What is wrong with it, beside what its reading has found; lists are brought into order.
        ///
        /// - Parameter destinations: where a URL with an address in place of a name may lead. A name is looked up when it is sent to.
        package mutating func settle(_ destinations: DestinationRule) -> [MemberFailure] {
            var check = DraftCheck()
            if let url {
                if let address = url.literalAddress, !destinations.allows(address) {
                    check.fail("/url", .invalidValue, "leads to an address that is not allowed; see the setting webhooks.allowed_addresses")
                }
                if url.text.utf8.contains(UInt8(ascii: "#")) { check.fail("/url", .invalidValue, "must have no fragment: it is not sent") }
            } else {
                check.fail("/url", .required, "must be given: where changes are sent to")
            }
            check.optional(&description, .name, at: "/description")
            if let kinds {
                if kinds.isEmpty { check.fail("/kinds", .required, "must name a kind, or be left out for all of them") }
                self.kinds = Kind.allCases.filter(kinds.contains)
            }
            if let operations {
                if operations.isEmpty { check.fail("/operations", .required, "must name an operation, or be left out for all of them") }
                if audience == .everybody, let other = operations.first(where: { !WebhookAudience.publicOperations.contains($0) }) {
                    check.fail(
                        "/operations", .invalidValue,
                        "holds `\(other.rawValue)`, which the public is not told of; it is told of `created`, `updated` and `deleted`")
                }
                self.operations = LogOperation.allCases.filter(operations.contains)
            }
            return check.failures
        }
    }
}

/// Whose view of the changes is delivered.
package enum WebhookAudience: String, Sendable, CaseIterable {
    /// What the public may see: created, updated and deleted, as it becomes visible.
    case everybody = "public"
    /// Every version of everything, drafts and embargoed work included, with who wrote it and why.
    case newsroom

    package var viewer: Viewer {
        switch self {
        case .everybody: .anonymous
        case .newsroom: .newsroom
        }
    }

    /// What a change can be to the public.
    fileprivate static let publicOperations: [LogOperation] = [.created, .updated, .deleted]
}

/// Why nothing is delivered any more.
package struct WebhookDisabling: Sendable, Equatable {
    package enum Reason: String, Sendable, CaseIterable {
        /// An admin has said so.
        case requested
        /// For days nothing was taken.
        case failing
        /// The receiver answered 410: it wants no more.
        case gone
    }

    package var reason: Reason
    package var at: Instant

    package init(_ reason: Reason, at: Instant) {
        self.reason = reason
        self.at = at
    }
}
