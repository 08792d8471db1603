# What the scripts share; to be sourced by bash, from the root of the checkout.

die() {
    echo "$(basename "$0"): $*" >&2
    exit 1
}

# Installs what building and running need of the system, where it is missing and apt-get may be run.
need_packages() {
    local missing=()
    command -v pkg-config >/dev/null || missing+=(pkg-config)
    [ -e /usr/include/sqlite3.h ] || missing+=(libsqlite3-dev)
    [ -e /usr/include/zlib.h ] || missing+=(zlib1g-dev)
    # Where its headers are depends on the machine's architecture.
    pkg-config --exists libcurl 2>/dev/null || missing+=(libcurl4-openssl-dev)
    [ -e "${TZDIR:-/usr/share/zoneinfo}/Etc/UTC" ] || missing+=(tzdata)
    [ ${#missing[@]} -eq 0 ] && return

    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || die "please install: ${missing[*]}"
        as_root=(sudo)
    fi
    command -v apt-get >/dev/null || die "please install what Debian calls ${missing[*]}"
    echo "installing ${missing[*]}"
    # The package lists of a fresh machine may be missing or old: fetch them when the first try fails.
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null 2>&1 ||
        { "${as_root[@]}" apt-get update -qq &&
            "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null; } ||
        die "apt-get could not install ${missing[*]}"
}

# Swift 6.3 or newer.
need_swift() {
    command -v swift >/dev/null || die "Swift 6.3 or newer is needed: https://www.swift.org/install"
    local version major minor
    version=$(swift --version 2>/dev/null | sed -nE 's/.*Swift version ([0-9]+)\.([0-9]+).*/\1 \2/p' | head -n 1)
    read -r major minor <<<"$version"
    [ -n "$major" ] || die "'swift --version' tells no version; Swift 6.3 or newer is needed"
    if [ "$major" -lt 6 ] || { [ "$major" -eq 6 ] && [ "$minor" -lt 3 ]; }; then
        die "Swift $major.$minor is too old; 6.3 or newer is needed: https://www.swift.org/install"
    fi
}

# Compiles a fuzzer, which is no part of the package, against the modules that a build has made: compile_fuzzer TARGET PRODUCTS OPTION…
compile_fuzzer() {
    local target=$1 products=$2
    shift 2
    swiftc -parse-as-library -swift-version 6 -warnings-as-errors -module-name Fuzz -I "$products/Modules" \
        -I Sources/CLinux/include -I Sources/CSQLite -I Sources/CZlib Fuzz/Support.swift "Fuzz/$target.swift" "$@"
}
