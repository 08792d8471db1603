// The same least by io_uring: a standing recv for each connection into buffers that all share, and all sends of a round in one call.
//
//   uring PORT BYTES     on 127.0.0.1; link with -luring
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <liburing.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BUFFERS = 1024, BUFFER_BYTES = 1024, ACCEPT = 0, RECV = 1, SEND = 2 };
static char pool[BUFFERS][BUFFER_BYTES];
static char *answer;
static size_t length;

static struct io_uring_sqe *entry(struct io_uring *ring) {
    struct io_uring_sqe *entry = io_uring_get_sqe(ring);
    if (!entry) { io_uring_submit(ring); entry = io_uring_get_sqe(ring); }
    return entry;
}

static void receive(struct io_uring *ring, int socket) {
    struct io_uring_sqe *sqe = entry(ring);
    io_uring_prep_recv_multishot(sqe, socket, NULL, 0, 0);
    sqe->flags |= IOSQE_BUFFER_SELECT;
    sqe->buf_group = 0;
    io_uring_sqe_set_data64(sqe, (unsigned long long)socket << 2 | RECV);
}

int main(int count, char **arguments) {
    if (count != 3) return 64;
    size_t body = (size_t)atoi(arguments[2]);
    answer = malloc(body + 256);
    length = (size_t)sprintf(answer,
        "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nX-Request-ID: 0123456789abcde\r\nContent-Type: application/json\r\n"
        "Cache-Control: no-store\r\nContent-Length: %zu\r\n\r\n", body);
    memset(answer + length, 'x', body);
    length += body;
    int listener = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(arguments[1]))};
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    setsockopt(listener, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 4096) != 0) return 69;
    struct io_uring ring;
    struct io_uring_params params = {.flags = IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN};
    if (io_uring_queue_init_params(1024, &ring, &params) != 0) return 70;
    struct io_uring_buf_ring *buffers;
    if (posix_memalign((void **)&buffers, 4096, BUFFERS * sizeof(struct io_uring_buf)) != 0) return 71;
    struct io_uring_buf_reg reg = {.ring_addr = (unsigned long)buffers, .ring_entries = BUFFERS, .bgid = 0};
    if (io_uring_register_buf_ring(&ring, &reg, 0) != 0) return 72;
    io_uring_buf_ring_init(buffers);
    int mask = io_uring_buf_ring_mask(BUFFERS);
    for (int index = 0; index < BUFFERS; index++)
        io_uring_buf_ring_add(buffers, pool[index], BUFFER_BYTES, (unsigned short)index, mask, index);
    io_uring_buf_ring_advance(buffers, BUFFERS);
    struct io_uring_sqe *sqe = entry(&ring);
    io_uring_prep_multishot_accept(sqe, listener, NULL, NULL, 0);
    io_uring_sqe_set_data64(sqe, ACCEPT);
    for (;;) {
        io_uring_submit_and_wait(&ring, 1);
        struct io_uring_cqe *cqe;
        unsigned head, done = 0;
        io_uring_for_each_cqe(&ring, head, cqe) {
            done++;
            unsigned long long data = io_uring_cqe_get_data64(cqe);
            int socket = (int)(data >> 2);
            switch (data & 3) {
            case ACCEPT:
                if (cqe->res >= 0) receive(&ring, cqe->res);
                break;
            case RECV:
                if (cqe->res <= 0) {
                    if (cqe->res == -ENOBUFS) receive(&ring, socket); else close(socket);
                    break;
                }
                unsigned short buffer = (unsigned short)(cqe->flags >> IORING_CQE_BUFFER_SHIFT);
                io_uring_buf_ring_add(buffers, pool[buffer], BUFFER_BYTES, buffer, mask, 0);
                io_uring_buf_ring_advance(buffers, 1);
                sqe = entry(&ring);
                io_uring_prep_send(sqe, socket, answer, length, MSG_NOSIGNAL | MSG_WAITALL);
                io_uring_sqe_set_data64(sqe, (unsigned long long)socket << 2 | SEND);
                // Its answer is not waited for.
                sqe->flags |= IOSQE_CQE_SKIP_SUCCESS;
                if (!(cqe->flags & IORING_CQE_F_MORE)) receive(&ring, socket);
                break;
            }
        }
        io_uring_cq_advance(&ring, done);
    }
}
