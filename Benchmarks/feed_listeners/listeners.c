// Many clients of the change feed in one process: how long after it was written each of them has each change.
//
//   listeners PORT COUNT     on 127.0.0.1; says "ready" when all have the head of their answers, and at the end of its input, which
//                            says that no more comes, how often and how late changes came
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { latency_max = 10000, instant_length = 24, carried_max = 64 };
static const char marker[] = "\"recorded_at\":\"";
static const int marker_length = sizeof marker - 1;

// What the end of the last read may begin of a change.
struct client {
    int length, is_ready;
    char carried[carried_max];
};

// By milliseconds.
static long counts[latency_max + 1];

static long long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    return time.tv_sec * 1000LL + time.tv_nsec / 1000000;
}

static int number(const char *text, int length) {
    int value = 0;
    while (length-- > 0) value = value * 10 + *text++ - '0';
    return value;
}

// 2024-03-27T12:00:00.000Z, in milliseconds.
static long long instant(const char *text) {
    static char known[20];
    static long long seconds;
    if (memcmp(known, text, 19) != 0) {
        struct tm parts = {.tm_year = number(text, 4) - 1900, .tm_mon = number(text + 5, 2) - 1, .tm_mday = number(text + 8, 2),
                           .tm_hour = number(text + 11, 2), .tm_min = number(text + 14, 2), .tm_sec = number(text + 17, 2)};
        seconds = timegm(&parts);
        memcpy(known, text, 19);
    }
    return seconds * 1000 + number(text + 20, 3);
}

static void take(struct client *client, char *bytes, int length) {
    const char *end = bytes + length, *at = bytes;
    long long moment = now();
    for (const char *found; (found = memmem(at, end - at, marker, marker_length)) && end - found >= marker_length + instant_length;) {
        long long late = moment - instant(found + marker_length);
        counts[late < 0 ? 0 : late > latency_max ? latency_max : late]++;
        at = found + marker_length + instant_length;
    }
    // What is left of it is too short for another, or begins one.
    if (end - at > marker_length + instant_length - 1) at = end - (marker_length + instant_length - 1);
    client->length = end - at;
    memcpy(client->carried, at, client->length);
}

static int connected(int port) {
    int socket_ = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    static const char request[] = "GET /v1/changes HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n";
    if (connect(socket_, (struct sockaddr *)&address, sizeof address) != 0) return -1;
    return send(socket_, request, sizeof request - 1, 0) == sizeof request - 1 ? socket_ : -1;
}

static void report(void) {
    long total = 0, seen = 0, latest = 0, quantiles[3] = {0};
    static const double shares[3] = {0.5, 0.99, 0.999};
    for (int late = 0; late <= latency_max; late++) total += counts[late];
    for (int late = 0; late <= latency_max; late++) {
        for (int index = 0; index < 3; index++) {
            if (seen < shares[index] * total && seen + counts[late] >= shares[index] * total) quantiles[index] = late;
        }
        seen += counts[late];
        if (counts[late]) latest = late;
    }
    printf("%ld %ld %ld %ld %ld\n", total, quantiles[0], quantiles[1], quantiles[2], latest);
}

int main(int argument_count, char **arguments) {
    if (argument_count != 3) return 64;
    int port = atoi(arguments[1]), count = atoi(arguments[2]), ready_count = 0, poll = epoll_create1(0);
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    struct client *clients = calloc(count + 64, sizeof *clients);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = 0};
    epoll_ctl(poll, EPOLL_CTL_ADD, 0, &event);
    for (int index = 0; index < count; index++) {
        int socket_ = connected(port);
        if (socket_ < 0 || socket_ >= count + 64) return 69;
        event.data.fd = socket_;
        epoll_ctl(poll, EPOLL_CTL_ADD, socket_, &event);
    }
    static char bytes[carried_max + 65536];
    struct epoll_event events[256];
    for (;;) {
        int ready = epoll_wait(poll, events, 256, -1);
        for (int index = 0; index < ready; index++) {
            int descriptor = events[index].data.fd;
            if (descriptor == 0) return report(), 0;
            struct client *client = &clients[descriptor];
            memcpy(bytes, client->carried, client->length);
            ssize_t length = recv(descriptor, bytes + client->length, sizeof bytes - carried_max, 0);
            if (length <= 0) return fprintf(stderr, "listeners: a connection ended\n"), 70;
            if (!client->is_ready) {
                if (length < 12 || memcmp(bytes, "HTTP/1.1 200", 12) != 0) return fprintf(stderr, "listeners: no stream\n"), 70;
                client->is_ready = 1;
                if (++ready_count == count) puts("ready"), fflush(stdout);
            }
            take(client, bytes, client->length + length);
        }
    }
}
