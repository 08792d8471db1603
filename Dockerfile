# syntax=docker/dockerfile:1

# Builds the program with the Swift runtime inside.
FROM swift:6.3-bookworm AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends libcurl4-openssl-dev libsqlite3-dev zlib1g-dev pkg-config \
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
    && install -D --strip "$(swift build -c release --static-swift-stdlib --show-bin-path)/dateline" /out/dateline

# Runs it: Debian, three libraries, the certificates that they trust, the time zones, one program.
FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates libcurl4 libsqlite3-0 zlib1g tzdata \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin dateline \
    && install -d -o dateline -g dateline -m 0700 /data
COPY --from=build /out/dateline /usr/local/bin/dateline
# The image's own settings stand in the file, which environment variables of every name and flags go before.
COPY config/container.json /etc/dateline/dateline.json
ENV DATELINE_CONFIG=/etc/dateline/dateline.json
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
# It asks at the port of the environment or the file, and knows nothing of flags in CMD.
HEALTHCHECK --interval=10s --timeout=4s --start-period=30s --retries=3 CMD ["dateline", "healthcheck"]
ENTRYPOINT ["dateline"]
CMD ["serve"]
