/* Clients to container: one buffer, filled by a client only when it is empty, so a container that does not read stops them. */
#include "monitor.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/epoll.h>
#include <unistd.h>

enum { BUFFER = 64 * 1024, PIPE = 1024 * 1024, CHUNKS_PER_TURN = 32 };

static unsigned char buffer[BUFFER];
static size_t from, to;
static bool writable, closing, broken;

static void on_ready(struct source *source, uint32_t events)
{
    (void) source;
    writable = true;
    broken |= (events & EPOLLERR) != 0; /* nobody has the other end of the pipe any more */
}

static struct source sink = {.fd = -1, .ready = on_ready};

int input_make_pipe(void)
{
    int pipe[2];
    if (pipe2(pipe, O_CLOEXEC) < 0) {
        return -1;
    }
    fcntl(pipe[1], F_SETPIPE_SZ, PIPE);
    fcntl(pipe[1], F_SETFL, O_WRONLY | O_NONBLOCK);
    sink.fd = pipe[1];
    writable = true;
    loop_add(&sink, EPOLLOUT);
    return pipe[0];
}

/* A descriptor of its own, so that output may close its one when it likes. */
void input_use_terminal(int fd)
{
    if (opt.stdin_open) {
        sink.fd = fcntl(fd, F_DUPFD_CLOEXEC, 3);
        writable = true;
        loop_add(&sink, EPOLLOUT);
    }
}

/* The container reads what was sent before, then end of file. A terminal has no end of file to give. */
void input_close(void)
{
    closing = !opt.tty;
}

/* The guard's copy of it. */
void input_forget(void)
{
    loop_close(&sink);
}

static bool write_some(void)
{
    ssize_t put = broken ? -1 : write(sink.fd, buffer + from, to - from);
    if (put >= 0) {
        from += (size_t) put;
        return true;
    }
    if (!broken && errno == EAGAIN) {
        writable = false;
        return false;
    }
    broken = true; /* drop the rest: a client must still get its output and its end */
    from = to;
    return true;
}

static bool take_some(void)
{
    ssize_t got = attach_take_input(buffer, sizeof buffer);
    from = 0;
    to = got > 0 ? (size_t) got : 0;
    return got > 0;
}

/* True when there is more to do at once. */
bool input_pump(void)
{
    for (int i = 0; i < CHUNKS_PER_TURN; i++) {
        if (sink.fd < 0 || !writable) {
            return false;
        }
        if (from < to) {
            if (!write_some()) {
                return false;
            }
        } else if (closing) {
            keeper_close_input();
            loop_close(&sink);
        } else if (!take_some() && !closing) {
            return false;
        }
    }
    return true;
}
