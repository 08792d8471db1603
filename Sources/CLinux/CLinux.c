#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/sockios.h>
#include <malloc.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

_Static_assert(sizeof(struct clinux_event) == sizeof(struct epoll_event), "the kernel writes these");
_Static_assert(offsetof(struct clinux_event, token) == offsetof(struct epoll_event, data), "the kernel writes these");
_Static_assert(clinux_readable == EPOLLIN && clinux_writable == EPOLLOUT, "as in <sys/epoll.h>");
_Static_assert(clinux_failed == EPOLLERR && clinux_hung_up == EPOLLHUP, "as in <sys/epoll.h>");
_Static_assert(clinux_ended == EPOLLRDHUP, "as in <sys/epoll.h>");
_Static_assert(CLINUX_EDGE_TRIGGERED == EPOLLET, "as in <sys/epoll.h>");

static int outcome(int result) { return result < 0 ? -errno : result; }

int clinux_poll_descriptor(void) { return outcome(epoll_create1(EPOLL_CLOEXEC)); }

int clinux_poll_add(int poll, int descriptor, uint32_t events, uint64_t token) {
    struct epoll_event event = {.events = events, .data.u64 = token};
    return outcome(epoll_ctl(poll, EPOLL_CTL_ADD, descriptor, &event));
}

int clinux_poll_wait(int poll, struct clinux_event *events, int capacity, int timeout_milliseconds) {
    int count = epoll_wait(poll, (struct epoll_event *)events, capacity, timeout_milliseconds);
    return count < 0 && errno == EINTR ? 0 : outcome(count);
}

int clinux_alarm_descriptor(void) { return outcome(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)); }

int clinux_ring(int alarm) { return outcome(eventfd_write(alarm, 1)); }

int clinux_signal_descriptor(const int *signals, int count) {
    sigset_t set;
    sigemptyset(&set);
    for (int index = 0; index < count; index++) sigaddset(&set, signals[index]);
    int error = pthread_sigmask(SIG_BLOCK, &set, NULL);
    return error != 0 ? -error : outcome(signalfd(-1, &set, SFD_CLOEXEC));
}

int clinux_next_signal(int descriptor) {
    struct signalfd_siginfo signal;
    ssize_t count;
    do {
        count = read(descriptor, &signal, sizeof signal);
    } while (count < 0 && errno == EINTR);
    return count < 0 ? -errno : (int)signal.ssi_signo;
}

// None is ever freed, since a handler may be reading it: each keeps the one before, so that they stay reachable for LeakSanitizer.
struct path {
    struct path *earlier;
    char text[];
};

static struct path *last_path;
static _Atomic(struct path *) doomed;

static void unlink_doomed(int number) {
    struct path *path = doomed;
    if (path != NULL) unlink(path->text);
    // The default action is in force again (SA_RESETHAND); it comes when the handler returns, which unblocks the signal.
    raise(number);
}

static struct path *kept(const char *text) {
    size_t size = strlen(text) + 1;
    struct path *path = malloc(sizeof *path + size);
    if (path == NULL) return NULL;
    memcpy(path->text, text, size);
    path->earlier = last_path;
    last_path = path;
    return path;
}

void clinux_unlink_at_signal(const char *path) {
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    doomed = path == NULL ? NULL : kept(path);
    for (size_t index = 0; index < sizeof numbers / sizeof numbers[0]; index++) {
        struct sigaction action = {.sa_handler = path == NULL ? SIG_DFL : unlink_doomed, .sa_flags = SA_RESETHAND}, earlier;
        if (sigaction(numbers[index], NULL, &earlier) == 0 && earlier.sa_handler != SIG_IGN) sigaction(numbers[index], &action, NULL);
    }
}

int clinux_accept(int listener) { return outcome(accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)); }

int clinux_stream_socket(int family) { return outcome(socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)); }

int clinux_ignore_new_connections(int listener) {
    // The filter sees the packet from its TCP header on: byte 13 holds the flags, of which SYN without ACK begins a connection.
    struct sock_filter instructions[] = {
        BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 13),
        BPF_STMT(BPF_ALU | BPF_AND | BPF_K, 0x12),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0x02, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, 0),
        BPF_STMT(BPF_RET | BPF_K, 0xffffffff),
    };
    struct sock_fprog program = {.len = sizeof instructions / sizeof instructions[0], .filter = instructions};
    return outcome(setsockopt(listener, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program));
}

long clinux_send_both(int socket, const void *first, long first_count, const void *second, long second_count) {
    struct iovec pieces[] = {{(void *)first, (size_t)first_count}, {(void *)second, (size_t)second_count}};
    struct msghdr message = {.msg_iov = pieces, .msg_iovlen = 2};
    ssize_t count = sendmsg(socket, &message, MSG_NOSIGNAL);
    return count < 0 ? -errno : count;
}

int clinux_untaken_byte_count(int socket) {
    int count = 0;
    int result = ioctl(socket, SIOCOUTQ, &count);
    return result < 0 ? -errno : count;
}

void clinux_return_memory(void) { malloc_trim(0); }

long clinux_used_byte_count(void) {
    struct mallinfo2 info = mallinfo2();
    return (long)(info.uordblks + info.hblkhd);
}

void clinux_name_this_thread(const char *name) { pthread_setname_np(pthread_self(), name); }

int clinux_processor_count(void) {
    cpu_set_t processors;
    int result = sched_getaffinity(0, sizeof processors, &processors);
    return result < 0 ? -errno : CPU_COUNT(&processors);
}

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
// Swift's runtime, which is not instrumented, orders the resuming of a continuation before what follows its await, and tells ThreadSanitizer
// so unless the resumer comes while the task is about to wait. That is the toolchain's own: a program that does nothing but, 20,000 times,
// `sum += await withUnsafeContinuation` and resume it with a number from a new POSIX thread is reported like this once or twice (Swift
// 6.3.1), and no more with this line. Only reports are left out one side of which is the body of UnsafeContinuation.resume(returning:)
// itself; what the resumer did before is still looked at. A continuation that two threads resume would be left out too.
const char *__tsan_default_suppressions(void) { return "race_top:sScc6resume9returning\n"; }
#endif
#endif
