/*
 * Container to log and clients.
 *
 * One buffer of frames serves all clients; each client has its own position in it. The next frame is read while there is room
 * below the limit, and the buffer starts over when every client has caught up: a slow client slows the container down, a
 * vanished one does not, and memory does not depend on either. Once the container has ended the limit is the whole buffer:
 * what its pipes still hold fits, so the end is never held up by a client that reads slowly.
 */
#include "monitor.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

enum {
    FRAME = 64 * 1024,
    PIPE = 1024 * 1024,
    LIMIT_RUNNING = 3 * (FRAME + FRAME_HEADER),
    LIMIT_ENDED = 2 * PIPE + 2 * (FRAME + FRAME_HEADER),
    FRAMES_PER_TURN = 32,
    SILENCE_MILLIS = 1000, /* after the end: how long a pipe that somebody still holds may say nothing */
    PATIENCE_MILLIS = 3000, /* after the end: how long it may go on talking */
    HANGUP_RETRY_MILLIS = 200
};

struct end {
    struct source source;
    int stream;
    bool readable, hung_up;
};

static unsigned char frames[LIMIT_ENDED + FRAME]; /* pages beyond the running limit are untouched until the end */
static size_t used;
static bool begun, ended;
static int64_t ended_at, last_read;

static void on_ready(struct source *source, uint32_t events);

static struct end ends[2] = {
    {.source = {.fd = -1, .ready = on_ready}, .stream = STREAM_OUT},
    {.source = {.fd = -1, .ready = on_ready}, .stream = STREAM_ERR},
};

static void on_ready(struct source *source, uint32_t events)
{
    (void) events;
    ((struct end *) source)->readable = true;
}

void output_make_pipes(int child_ends[2])
{
    for (int i = 0; i < 2; i++) {
        int pipe[2];
        if (pipe2(pipe, O_CLOEXEC) < 0) {
            child_ends[i] = -1;
            continue;
        }
        fcntl(pipe[0], F_SETPIPE_SZ, PIPE);
        fcntl(pipe[0], F_SETFL, O_NONBLOCK);
        ends[i].source.fd = pipe[0];
        child_ends[i] = pipe[1];
    }
}

void output_use_terminal(int fd)
{
    ends[0].source.fd = fd;
}

/* Not before the runtime has ended well: until then the pipes are its own stdio too. */
void output_begin(void)
{
    begun = true;
    for (int i = 0; i < 2; i++) {
        if (ends[i].source.fd >= 0) {
            ends[i].readable = true;
            loop_add(&ends[i].source, EPOLLIN);
        }
    }
}

ssize_t output_peek_errors(char *buffer, size_t size)
{
    return ends[1].source.fd < 0 ? -1 : read(ends[1].source.fd, buffer, size);
}

void output_container_ended(void)
{
    ended = true;
    ended_at = last_read = now_millis();
    ends[0].readable = ends[1].readable = true;
}

static void finish(struct end *end)
{
    if (end->source.fd >= 0) {
        loop_close(&end->source);
        log_end(end->stream);
    }
    end->readable = false;
}

static struct end *next_readable(void)
{
    static int last;
    for (int i = 1; i <= 2; i++) {
        struct end *end = &ends[(last + i) % 2];
        if (end->readable && end->source.fd >= 0) {
            last = (last + i) % 2;
            return end;
        }
    }
    return NULL;
}

static void seal(struct end *end, size_t size)
{
    unsigned char *header = frames + used;
    memset(header, 0, FRAME_HEADER);
    header[0] = (unsigned char) end->stream;
    for (int i = 0; i < 4; i++) {
        header[4 + i] = (unsigned char) (size >> (24 - 8 * i));
    }
    log_write(end->stream, header + FRAME_HEADER, size);
    used += FRAME_HEADER + size;
    last_read = now_millis();
}

static void read_frame(struct end *end)
{
    ssize_t got = read(end->source.fd, frames + used + FRAME_HEADER, FRAME);
    if (got > 0) {
        seal(end, (size_t) got);
    } else if (got < 0 && errno == EAGAIN) {
        end->readable = false;
    } else if (got < 0 && errno == EIO && opt.tty && !ended) {
        end->readable = false; /* nobody has the terminal open just now; somebody may open it again */
        end->hung_up = true;
    } else if (got == 0 || errno != EINTR) {
        finish(end);
    }
}

/* True when there is more to do at once. */
bool output_pump(void)
{
    for (int i = 0; i < FRAMES_PER_TURN; i++) {
        attach_send(frames, used);
        if (attach_caught_up(used)) {
            used = 0;
            attach_restart_frames();
        }
        struct end *end = begun ? next_readable() : NULL;
        if (!end || used + FRAME_HEADER + FRAME > (ended ? LIMIT_ENDED : LIMIT_RUNNING)) {
            return false;
        }
        read_frame(end);
    }
    return true;
}

/* True when nothing more will be read. What clients have not taken yet stays in the buffer for them. */
bool output_drained(void)
{
    int64_t now = now_millis();
    if (ended && (now - last_read >= SILENCE_MILLIS || now - ended_at >= PATIENCE_MILLIS)) {
        output_close();
    }
    return ends[0].source.fd < 0 && ends[1].source.fd < 0;
}

void output_close(void)
{
    finish(&ends[0]);
    finish(&ends[1]);
}

/* How long the loop may sleep on behalf of output. Also retries a terminal nobody had open: no event tells of its return. */
int output_timeout(void)
{
    if (ends[0].hung_up) {
        ends[0].hung_up = false;
        ends[0].readable = true;
        return HANGUP_RETRY_MILLIS;
    }
    return ended ? 100 : -1;
}
