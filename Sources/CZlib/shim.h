// What Swift cannot import of zlib by itself; each entry with its reason.
#pragma once

#include <zlib.h>

// deflateInit2 is a macro that adds the version and the size of z_stream. 16 more bits of the window ask for the gzip format.
static inline int czlib_begin_gzip(z_stream *stream, int level, int windowBits, int memoryLevel) {
    return deflateInit2(stream, level, Z_DEFLATED, windowBits + 16, memoryLevel, Z_DEFAULT_STRATEGY);
}
