// What Swift cannot import of libcurl by itself; each entry with its reason.
#pragma once

#include <curl/curl.h>

// curl_easy_setopt is variadic: one function for each type of value.
static inline CURLcode ccurl_set_number(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode ccurl_set_text(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode ccurl_set_fields(CURL *easy, struct curl_slist *fields) {
    return curl_easy_setopt(easy, CURLOPT_HTTPHEADER, fields);
}

// libcurl copies the body, as long as it was told before that it is.
static inline CURLcode ccurl_set_body(CURL *easy, const void *bytes, size_t byteCount) {
    CURLcode code = curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)byteCount);
    return code ? code : curl_easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, bytes ? (const char *)bytes : "");
}

static inline CURLcode ccurl_set_body_reader(CURL *easy, curl_write_callback read, void *context) {
    CURLcode code = curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, read);
    return code ? code : curl_easy_setopt(easy, CURLOPT_WRITEDATA, context);
}

static inline CURLcode ccurl_set_socket_opener(CURL *easy, curl_opensocket_callback open, void *context) {
    CURLcode code = curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open);
    return code ? code : curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, context);
}

// curl_easy_getinfo and curl_multi_setopt are variadic too.
static inline long ccurl_status(CURL *easy) {
    long status = 0;
    return curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status) ? 0 : status;
}

static inline long long ccurl_retry_after_seconds(CURL *easy) {
    curl_off_t seconds = 0;
    return curl_easy_getinfo(easy, CURLINFO_RETRY_AFTER, &seconds) ? 0 : seconds;
}

static inline CURLMcode ccurl_bound_kept_connections(CURLM *multi, long countMax) {
    return curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, countMax);
}

// A macro with a cast.
static const curl_socket_t CCURL_NO_SOCKET = CURL_SOCKET_BAD;

// A macro of several others.
static inline CURLcode ccurl_begin(void) {
    return curl_global_init(CURL_GLOBAL_DEFAULT);
}
