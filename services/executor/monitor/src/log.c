/* The log: lines cut at 16 KiB, appended to a file that is rotated. */
#include "kept.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { BUFFER = 256 * 1024, WORST_ENTRY = 6 * ENTRY + 8192 };

static int fd = -1;
static off_t size_on_disk;
static char buffer[BUFFER];
static size_t used;
static unsigned long long dropped; /* bytes the disk did not take */
static ino_t file;
static struct line lines[2];
static int64_t now;

static void open_file(int flags)
{
    fd = open(opt.log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | flags, 0640);
    struct stat status = {0};
    bool known = fd >= 0 && fstat(fd, &status) == 0;
    size_on_disk = known ? status.st_size : 0;
    file = known ? status.st_ino : 0;
}

static void copy_line(struct line *to, const struct line *from)
{
    to->continued = from->continued;
    to->time = from->time;
    to->size = from->size;
    memcpy(to->data, from->data, from->size);
}

/* What is in the file now is final; whoever takes over begins behind it. */
static void note_progress(size_t taken)
{
    int other = !kept->current;
    struct logged *log = &kept->logged[other];
    log->size = size_on_disk;
    log->file = file;
    log->flight = kept->flight.number;
    log->taken = taken;
    copy_line(&log->lines[0], &lines[0]);
    copy_line(&log->lines[1], &lines[1]);
    settle();
    kept->current = other;
    settle();
}

/* In the place of a worker that was killed: what it had not noted it has not written. */
void log_resume(void)
{
    const struct logged *log = &kept->logged[kept->current];
    if (!opt.log) {
        return;
    }
    close(fd);
    open_file(0);
    if (file == log->file && size_on_disk > log->size && ftruncate(fd, log->size) == 0) {
        size_on_disk = log->size;
    }
    copy_line(&lines[0], &log->lines[0]);
    copy_line(&lines[1], &log->lines[1]);
}

void log_open(void)
{
    if (opt.log) {
        rotation_forget_rest();
        open_file(0);
        if (fd < 0) {
            fail_errno("open log", opt.log);
        }
        note_progress(0);
    }
}

/* A full disk must never stop the container: what it does not take is dropped, and no torn line stays behind. */
static void flush(void)
{
    size_t done = 0;
    while (fd >= 0 && done < used) {
        ssize_t put = write(fd, buffer + done, used - done);
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put <= 0) {
            dropped += used;
            if (done > 0 && ftruncate(fd, size_on_disk) == 0) {
                done = 0;
            }
            break;
        }
        done += (size_t) put;
    }
    size_on_disk += (off_t) done;
    used = 0;
}

void log_reopen(void)
{
    if (opt.log) {
        flush();
        close(fd);
        open_file(0);
        note_progress(kept->flight.size);
    }
}

static bool is_full(void)
{
    return opt.log_max_size > 0 && size_on_disk + (off_t) used >= opt.log_max_size && !rotation_is_busy();
}

static void rotate(size_t taken)
{
    flush();
    note_progress(taken);
    close(fd);
    rotation_shift();
    open_file(O_TRUNC);
    note_progress(taken);
    rotation_compress();
}

static void read_clock(void)
{
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    now = (int64_t) time.tv_sec * 1000000000 + time.tv_nsec;
}

/* All parts of a long line carry the time of the first. */
static void emit(struct line *line, int stream, const unsigned char *p, size_t size, bool newline)
{
    if (!line->continued) {
        line->time = now;
    }
    if (used + WORST_ENTRY > sizeof buffer) {
        flush();
    }
    used += encode_entry(buffer + used, stream, p, size, newline, line->time);
    line->continued = !newline;
}

/* Takes what fits into the current entry; returns how many bytes that were. */
static size_t take_part(struct line *line, int stream, const unsigned char *data, size_t size, const unsigned char *newline)
{
    size_t segment = newline ? (size_t) (newline - data) : size;
    size_t room = ENTRY - line->size;
    if (line->size == 0 && (newline ? segment < ENTRY : segment >= ENTRY)) { /* no copy: the entry is all here */
        emit(line, stream, data, newline ? segment : ENTRY, newline != NULL);
        return newline ? segment + 1 : ENTRY;
    }
    size_t part = segment < room ? segment : room;
    memcpy(line->data + line->size, data, part);
    line->size += part;
    bool whole = newline && part < room;
    if (whole || line->size == ENTRY) {
        emit(line, stream, line->data, line->size, whole);
        line->size = 0;
    }
    return whole ? part + 1 : part;
}

/* What it gets is the flight's rest: how much of it is in the log is noted whenever the file changes, and at the end. */
void log_write(int stream, const unsigned char *data, size_t size)
{
    struct line *line = &lines[stream - 1];
    const unsigned char *newline = NULL;
    if (fd < 0) {
        return;
    }
    read_clock();
    while (size > 0) {
        if (!newline || newline < data) {
            newline = memchr(data, '\n', size);
        }
        if (is_full()) {
            rotate(kept->flight.size - size);
        }
        size_t done = take_part(line, stream, data, size, newline);
        data += done;
        size -= done;
    }
    flush();
    note_progress(kept->flight.size);
}

/* The last line may have had no end. */
void log_end(int stream)
{
    struct line *line = &lines[stream - 1];
    if (fd >= 0 && line->size > 0) {
        read_clock();
        emit(line, stream, line->data, line->size, false);
        line->size = 0;
        flush();
        note_progress(kept->flight.size);
    }
}
