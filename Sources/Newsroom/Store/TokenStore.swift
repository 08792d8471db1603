/// Who may do what beside the token of the settings. Tokens are no resources: they have no history, and no export carries them.
package protocol TokenStore: Sendable {
    /// The store's clock, which says whether a token has expired.
    var now: Instant { get }

    /// What is kept of a token, as clients show it.
    func hash(of secret: [UInt8]) -> TokenHash

    /// Keeps a token by its hash.
    ///
    /// - Returns: false where another that was not revoked has its name; then nothing is kept.
    /// - Throws: `queueFull`, `locked`, `diskFull`, `unavailable`.
    func add(_ token: AccessToken, _ hash: TokenHash) async throws(StoreError) -> Bool

    /// Ends a token, for good and at once; what it was stays listed.
    ///
    /// - Returns: false where there is none of that name that was not revoked before.
    /// - Throws: as `add`.
    func revoke(named name: String) async throws(StoreError) -> Bool

    /// All that there ever were, the newest first.
    ///
    /// - Throws: `overloaded`, `deadline`, `unavailable`.
    func all() async throws(StoreError) -> [KeptToken]

    /// Takes down when tokens were shown last, those that have been revoked meanwhile left alone. Changes no directory.
    ///
    /// - Throws: as `add`.
    func note(_ uses: [TokenHash: Instant]) async throws(StoreError)

    /// Those that are good now, other processes' changes included, which may be some tens of milliseconds old. As long as nothing
    /// changed it is the same object. Costs a fraction of a microsecond between two commits.
    ///
    /// - Throws: `overloaded`, `deadline`, `unavailable`.
    func directory() throws(StoreError) -> TokenDirectory
}
