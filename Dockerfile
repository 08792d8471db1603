# syntax=docker/dockerfile:1

# Builds the program with the Swift runtime inside, and lays out what the image holds.
FROM swift:6.3-bookworm AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates libcurl4-openssl-dev libsqlite3-dev zlib1g-dev pkg-config tzdata binutils \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
# What changes seldom comes first: the dependencies are fetched again only when the manifest changes.
COPY Package.swift ./
RUN swift package resolve
COPY migrations migrations
COPY Sources Sources
# Not built here, but the manifest names its folders.
COPY Tests Tests
RUN swift build -c release --product dateline --static-swift-stdlib \
    && strip -o /dateline "$(swift build -c release --static-swift-stdlib --show-bin-path)/dateline"
COPY scripts/image-root config/container.json ./
RUN ./image-root /dateline container.json /image

# Runs it: one program, the libraries that it is linked with, the certificates that these trust, the time zones, its settings.
FROM scratch
COPY --from=build /image /
COPY --from=build --chown=10001:10001 /image/data /data
# The image's own settings stand in the file, which environment variables of every name and flags go before.
ENV PATH=/usr/local/bin DATELINE_CONFIG=/etc/dateline/dateline.json
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
# It asks at the port of the environment or the file, and knows nothing of flags in CMD.
HEALTHCHECK --interval=10s --timeout=4s --start-period=30s --retries=3 CMD ["/usr/local/bin/dateline", "healthcheck"]
ENTRYPOINT ["/usr/local/bin/dateline"]
CMD ["serve"]
