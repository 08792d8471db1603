package import HTTP

/// What a server may take over while it runs: who answers, who is told, and by which bounds.
package struct ServiceTerms: Sendable {
    package var responder: any Responder
    package var observer: any ServerObserver
    /// Of these the numbers of connections, refusals and unsent bytes, the backlog and the reserve of descriptors hold as they were when
    /// the server was made.
    package var limits: ServerLimits
    package var proxies: TrustedProxies

    package init(
        responder: any Responder, observer: any ServerObserver, limits: ServerLimits = ServerLimits(), proxies: TrustedProxies = .none
    ) {
        self.responder = responder
        self.observer = observer
        self.limits = limits
        self.proxies = proxies
    }
}
