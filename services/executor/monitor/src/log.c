/* The json-file log, byte for byte as Docker writes it: one object per line, lines cut at 16 KiB. */
#include "monitor.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { ENTRY = 16 * 1024, BUFFER = 256 * 1024, WORST_ENTRY = 6 * ENTRY + 8192 };

struct line {
    unsigned char data[ENTRY];
    size_t size;
    bool continued; /* an earlier part of this line is in the log already */
    char time[40];
};

static int fd = -1;
static off_t size_on_disk;
static char buffer[BUFFER];
static size_t used;
static unsigned long long dropped; /* bytes the disk did not take */
static struct line lines[2];
static char now_text[40];

static void open_file(int flags)
{
    fd = open(opt.log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | flags, 0640);
    struct stat status;
    size_on_disk = fd >= 0 && fstat(fd, &status) == 0 ? status.st_size : 0;
}

void log_open(void)
{
    if (opt.log) {
        open_file(0);
        if (fd < 0) {
            fail_errno("open log", opt.log);
        }
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
    }
}

/* PATH.2 to PATH.3, PATH.1 to PATH.2, PATH to PATH.1; with one file only, it starts over. */
static void rotate(void)
{
    char older[PATH_MAX], newer[PATH_MAX];
    flush();
    close(fd);
    for (int i = opt.log_max_files - 1; i > 0; i--) {
        snprintf(older, sizeof older, "%s.%d", opt.log, i);
        if (i > 1) {
            snprintf(newer, sizeof newer, "%s.%d", opt.log, i - 1);
        } else {
            snprintf(newer, sizeof newer, "%s", opt.log);
        }
        rename(newer, older);
    }
    open_file(O_TRUNC);
}

static void make_room(void)
{
    if (opt.log_max_size > 0 && size_on_disk + (off_t) used >= opt.log_max_size) {
        rotate();
    }
    if (used + WORST_ENTRY > sizeof buffer) {
        flush();
    }
}

static void put(const char *text, size_t size)
{
    memcpy(buffer + used, text, size);
    used += size;
}

static void put_text(const char *text)
{
    put(text, strlen(text));
}

/* 0: as it is. 1: escaped. 2: starts something longer, or is invalid. */
static const unsigned char kind[256] = {
    ['"'] = 1, ['\\'] = 1, ['<'] = 1, ['>'] = 1, ['&'] = 1, [0 ... 31] = 1, [128 ... 255] = 2,
};

static void put_escaped(unsigned char c)
{
    static const char hex[] = "0123456789abcdef";
    switch (c) {
    case '"': put("\\\"", 2); break;
    case '\\': put("\\\\", 2); break;
    case '\n': put("\\n", 2); break;
    case '\r': put("\\r", 2); break;
    default: {
        char escape[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
        put(escape, 6);
    }
    }
}

static bool continues(const unsigned char *p, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if ((p[i] & 0xc0) != 0x80) {
            return false;
        }
    }
    return true;
}

/* Length of the valid UTF-8 sequence at p, 0 when there is none (as Go's utf8.DecodeRune judges). */
static size_t sequence(const unsigned char *p, size_t left)
{
    unsigned char c = p[0];
    size_t length = c >= 0xc2 && c <= 0xdf ? 2 : c >= 0xe0 && c <= 0xef ? 3 : c >= 0xf0 && c <= 0xf4 ? 4 : 0;
    if (length == 0 || length > left || !continues(p + 1, length - 1)) {
        return 0;
    }
    bool overlong = (c == 0xe0 && p[1] < 0xa0) || (c == 0xf0 && p[1] < 0x90);
    bool surrogate = c == 0xed && p[1] > 0x9f;
    bool too_large = c == 0xf4 && p[1] > 0x8f;
    return overlong || surrogate || too_large ? 0 : length;
}

static size_t put_multibyte(const unsigned char *p, size_t left)
{
    size_t length = sequence(p, left);
    if (length == 0) {
        put("\\ufffd", 6);
        return 1;
    }
    if (length == 3 && p[0] == 0xe2 && p[1] == 0x80 && (p[2] & 0xfe) == 0xa8) {
        put(p[2] == 0xa8 ? "\\u2028" : "\\u2029", 6);
    } else {
        put((const char *) p, length);
    }
    return length;
}

static void put_string(const unsigned char *p, size_t size)
{
    size_t at = 0;
    while (at < size) {
        size_t plain = at;
        while (plain < size && !kind[p[plain]]) {
            plain++;
        }
        put((const char *) p + at, plain - at);
        if ((at = plain) == size) {
            return;
        }
        if (kind[p[at]] == 1) {
            put_escaped(p[at++]);
        } else {
            at += put_multibyte(p + at, size - at);
        }
    }
}

static void put_entry(int stream, const unsigned char *p, size_t size, bool newline, const char *time)
{
    make_room();
    put_text("{\"log\":\"");
    put_string(p, size);
    if (newline) {
        put("\\n", 2);
    }
    put_text(stream == STREAM_ERR ? "\",\"stream\":\"stderr\"" : "\",\"stream\":\"stdout\"");
    if (opt.log_attrs && strlen(opt.log_attrs) < 8000) {
        put_text(",\"attrs\":");
        put_text(opt.log_attrs);
    }
    put_text(",\"time\":\"");
    put_text(time);
    put_text("\"}\n");
}

/* RFC 3339 with nanoseconds, without trailing zeros, as Go prints it. The calendar is computed once a second. */
static void read_clock(void)
{
    static time_t second = -1;
    static char calendar[24];
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (now.tv_sec != second) {
        struct tm parts;
        second = now.tv_sec;
        strftime(calendar, sizeof calendar, "%Y-%m-%dT%H:%M:%S", gmtime_r(&second, &parts));
    }
    int length = snprintf(now_text, sizeof now_text, "%s.%09ld", calendar, now.tv_nsec);
    while (now_text[length - 1] == '0') {
        length--;
    }
    if (now_text[length - 1] == '.') {
        length--;
    }
    strcpy(now_text + length, "Z");
}

/* All parts of a long line carry the time of the first. */
static void emit(struct line *line, int stream, const unsigned char *p, size_t size, bool newline)
{
    if (!line->continued) {
        strcpy(line->time, now_text);
    }
    put_entry(stream, p, size, newline, line->time);
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
        size_t done = take_part(line, stream, data, size, newline);
        data += done;
        size -= done;
    }
    flush();
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
    }
}
