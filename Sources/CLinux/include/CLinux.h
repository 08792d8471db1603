#ifndef CLINUX_H
#define CLINUX_H

// What Swift's Glibc module leaves out: it is built without _GNU_SOURCE and without the headers of epoll, eventfd and signalfd.
//
// No system header is included here: its types would become this module's, and whoever imports Glibc alone would lose them.
// Every function returns the negative error number when it fails.

#include <stdint.h>

/// One event of epoll, laid out as the kernel's `struct epoll_event`, which <sys/epoll.h> has and Glibc's module has not.
struct clinux_event {
    uint32_t events;
    uint64_t token;
}
#ifdef __x86_64__
__attribute__((packed))
#endif
;

/// Bits of `clinux_event.events`: EPOLLIN, EPOLLOUT, EPOLLERR, EPOLLHUP, EPOLLRDHUP and EPOLLET.
enum {
    clinux_readable = 0x001,
    clinux_writable = 0x004,
    clinux_failed = 0x008,
    clinux_hung_up = 0x010,
    clinux_ended = 0x2000,
};
#define CLINUX_EDGE_TRIGGERED 0x80000000u

/// epoll_create1: a descriptor that tells which of thousands of others are ready. Close-on-exec.
int clinux_poll_descriptor(void);

/// epoll_ctl with EPOLL_CTL_ADD: has `poll` watch `descriptor` until it is closed.
int clinux_poll_add(int poll, int descriptor, uint32_t events, uint64_t token);

/// epoll_wait: waits for events, for ever when the time is negative. Returns how many there are; none after a signal.
int clinux_poll_wait(int poll, struct clinux_event *events, int capacity, int timeout_milliseconds);

/// eventfd: a descriptor by which other threads wake the one that waits. Close-on-exec, non-blocking.
int clinux_alarm_descriptor(void);

/// eventfd_write: makes such a descriptor readable.
int clinux_ring(int alarm);

/// signalfd: blocks these signals in the calling thread, and in those that it starts, and makes them something to read: SIGTERM handled
/// without any code in signal context. Close-on-exec, blocking.
int clinux_signal_descriptor(const int *signals, int count);

/// Waits for the next signal of such a descriptor. Returns its number.
int clinux_next_signal(int descriptor);

/// Unlinks this file when SIGINT, SIGTERM or SIGHUP ends the process, which then ends by that signal as ever: done in the signal handler,
/// where nearly nothing else may be done. There is one such file; NULL: there is none any more. A signal that is ignored stays so.
/// To be called by one thread at a time.
void clinux_unlink_at_signal(const char *path);

/// accept4 stands behind _GNU_SOURCE. Takes a connection that is close-on-exec and non-blocking from the start: done in a second call, a
/// child process could inherit it in between. Returns the descriptor.
int clinux_accept(int listener);

/// socket: SOCK_STREAM and its flags are members of an enumeration, which Glibc's module imports as another type than `socket` takes.
/// Close-on-exec, non-blocking.
int clinux_stream_socket(int family);

/// Makes the listener ignore every new connection attempt, while those that have begun are completed and wait to be accepted: by a socket
/// filter, whose instructions are C macros. Without it, closing a listener resets what arrived after the last accept. Returns 0.
int clinux_ignore_new_connections(int listener);

/// sendmsg with two pieces, without SIGPIPE: struct iovec wants pointers that are not const. Returns how many bytes were taken.
long clinux_send_both(int socket, const void *first, long first_count, const void *second, long second_count);

/// How many bytes of what was sent the peer has not taken yet (SIOCOUTQ): ioctl is variadic, which Swift cannot call.
int clinux_untaken_byte_count(int socket);

/// malloc_trim: gives free memory back to the system. glibc's allocator keeps what lies between pieces in use, in each thread's arena,
/// and <malloc.h> is not in Glibc's module. A matter of milliseconds, for which other threads that allocate may wait.
void clinux_return_memory(void);

/// mallinfo2, also in <malloc.h>: how many bytes the allocator has given out, in all arenas and by mmap, and not got back.
long clinux_used_byte_count(void);

/// pthread_setname_np stands behind _GNU_SOURCE: what `top -H` and perf call the calling thread; at most 15 bytes.
void clinux_name_this_thread(const char *name);

/// sched_getaffinity and CPU_COUNT stand behind _GNU_SOURCE. How many processors this process may run on, which `taskset` and containers
/// make fewer than there are.
int clinux_processor_count(void);

#endif
