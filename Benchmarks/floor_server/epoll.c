// The least that a server can do for a request: one recv and one send, for all connections of one epoll descriptor. It reads no HTTP.
//
//   epoll PORT BYTES     on 127.0.0.1
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

static void watch(int poll, int descriptor) {
    struct epoll_event event = {.events = EPOLLIN | EPOLLET, .data.fd = descriptor};
    epoll_ctl(poll, EPOLL_CTL_ADD, descriptor, &event);
}

int main(int count, char **arguments) {
    if (count != 3) return 64;
    size_t body = (size_t)atoi(arguments[2]);
    char *answer = malloc(body + 256);
    size_t length = (size_t)sprintf(answer,
        "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nX-Request-ID: 0123456789abcde\r\nContent-Type: application/json\r\n"
        "Cache-Control: no-store\r\nContent-Length: %zu\r\n\r\n", body);
    memset(answer + length, 'x', body);
    length += body;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), on = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(arguments[1]))};
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    setsockopt(listener, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 4096) != 0) return 69;
    int poll = epoll_create1(0);
    watch(poll, listener);
    static char input[65536];
    struct epoll_event events[256];
    for (;;) {
        int ready = epoll_wait(poll, events, 256, -1);
        for (int index = 0; index < ready; index++) {
            int descriptor = events[index].data.fd;
            if (descriptor == listener) {
                int socket;
                while ((socket = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) watch(poll, socket);
            } else if (recv(descriptor, input, sizeof input, 0) <= 0) {
                close(descriptor);
            } else {
                send(descriptor, answer, length, MSG_NOSIGNAL);
            }
        }
    }
}
