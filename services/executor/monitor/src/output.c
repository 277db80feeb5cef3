/*
 * Container to log and clients.
 *
 * One buffer of frames serves all clients; each client has its own position in it. The next frame is read while there is room
 * below the limit, and the buffer starts over when every client has caught up: a slow client slows the container down, a
 * vanished one does not, and memory does not depend on either. Once the container has ended the limit is the whole buffer:
 * what its pipes still hold fits, so the end is never held up by a client that reads slowly.
 *
 * What a log has to get goes through the flight pipe: first bytes are moved there, then their number is noted in shared memory,
 * then they are read into the shared buffer. At any moment each byte is in one of the three, and it can be told in which: a
 * worker that is killed loses none.
 */
#include "kept.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
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

static int flight_pipe[2] = {-1, -1};
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

void output_prepare(void)
{
    if (opt.log && keeper_is_guarded() && pipe2(flight_pipe, O_CLOEXEC | O_NONBLOCK) < 0) {
        fail_errno("create", "pipe");
    }
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
    unsigned char *header = kept->frames + used;
    memset(header, 0, FRAME_HEADER);
    header[0] = (unsigned char) end->stream;
    for (int i = 0; i < 4; i++) {
        header[4 + i] = (unsigned char) (size >> (24 - 8 * i));
    }
    log_write(end->stream, header + FRAME_HEADER, size);
    used += FRAME_HEADER + size;
    last_read = now_millis();
}

/* Moves bytes without a copy into the pipe that nobody else writes to; -1 with EINVAL where there is none. */
static ssize_t take_off(const struct end *end)
{
    if (flight_pipe[1] < 0) {
        errno = EINVAL;
        return -1;
    }
    kept->flight.stream = end->stream;
    settle();
    return splice(end->source.fd, NULL, flight_pipe[1], NULL, FRAME, SPLICE_F_MOVE | SPLICE_F_NONBLOCK);
}

static void note_flight(size_t at, size_t size)
{
    kept->flight.at = at;
    kept->flight.size = size;
    settle();
    kept->flight.number++;
    settle();
}

static ssize_t read_some(const struct end *end)
{
    size_t at = used + FRAME_HEADER;
    ssize_t moved = take_off(end);
    if (moved > 0) {
        note_flight(at, (size_t) moved);
        return read(flight_pipe[0], kept->frames + at, (size_t) moved);
    }
    if (moved == 0 || errno != EINVAL) {
        return moved;
    }
    ssize_t got = read(end->source.fd, kept->frames + at, FRAME);
    if (got > 0 && flight_pipe[1] >= 0) {
        note_flight(at, (size_t) got); /* from where nothing can be moved */
    }
    return got;
}

static void read_frame(struct end *end)
{
    ssize_t got = read_some(end);
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

/* What a worker that was killed had taken off and not logged. Its clients are gone, so the buffer starts over. */
static void land_flight(void)
{
    const struct flight *flight = &kept->flight;
    const struct logged *log = &kept->logged[kept->current];
    int left = 0;
    if (flight_pipe[0] < 0 || ioctl(flight_pipe[0], FIONREAD, &left) < 0) {
        return;
    }
    if (flight->number == log->flight && log->taken == flight->size && left > 0) {
        note_flight(FRAME_HEADER, (size_t) left);
    }
    size_t taken = flight->number == log->flight ? log->taken : 0;
    if (taken < flight->size) {
        unsigned char *payload = kept->frames + flight->at;
        if (left > 0 && read(flight_pipe[0], payload + flight->size - left, (size_t) left) != left) {
            return;
        }
        log_write(flight->stream, payload + taken, flight->size - taken);
    }
}

void output_resume(void)
{
    used = 0;
    land_flight();
    output_begin();
}

/* True when there is more to do at once. */
bool output_pump(void)
{
    for (int i = 0; i < FRAMES_PER_TURN; i++) {
        attach_send(kept->frames, used);
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
