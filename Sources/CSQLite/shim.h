// What Swift cannot import of SQLite by itself; each entry with its reason.
#pragma once

#include <sqlite3.h>

// SQLITE_TRANSIENT is an integer cast to a function pointer. Text goes over with its length, never up to a NUL. An empty buffer may have
// no address in Swift, which SQLite would take for NULL.
static inline int csqlite_bind_text(sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 byteCount) {
    return sqlite3_bind_text64(statement, index, bytes ? (const char *)bytes : "", byteCount, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static inline int csqlite_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 byteCount) {
    return sqlite3_bind_blob64(statement, index, bytes ? bytes : "", byteCount, SQLITE_TRANSIENT);
}

// sqlite3_db_config is variadic.
static inline int csqlite_configure(sqlite3 *database, int option, int value, int *result) {
    return sqlite3_db_config(database, option, value, result);
}

// sqlite3_config is variadic. Without statistics on memory SQLite takes no lock around each allocation. It must come before all else.
static inline int csqlite_count_no_memory(void) {
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

// Extended result codes are macros of an or and a shift, which the importer does not evaluate.
enum {
    CSQLITE_CONSTRAINT_CHECK = SQLITE_CONSTRAINT_CHECK,
    CSQLITE_CONSTRAINT_FOREIGNKEY = SQLITE_CONSTRAINT_FOREIGNKEY,
    CSQLITE_CONSTRAINT_UNIQUE = SQLITE_CONSTRAINT_UNIQUE,
    CSQLITE_CONSTRAINT_DATATYPE = SQLITE_CONSTRAINT_DATATYPE,
    CSQLITE_IOERR_WRITE = SQLITE_IOERR_WRITE,
};
