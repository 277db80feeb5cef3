/* How one line, or a part of one, is written to a log. */
#include "kept.h"

#include <endian.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { NANOS = 1000000000, PARTIAL = 0x80 };

static char *out;

static void put(const char *text, size_t size)
{
    memcpy(out, text, size);
    out += size;
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

/* RFC 3339 with nanoseconds, without trailing zeros, as Go prints it. */
static int format_time(char *text, size_t size, int64_t time)
{
    struct tm parts;
    time_t seconds = time / NANOS;
    int length = (int) strftime(text, size, "%Y-%m-%dT%H:%M:%S", gmtime_r(&seconds, &parts));
    length += snprintf(text + length, size - (size_t) length, ".%09ld", (long) (time % NANOS));
    while (text[length - 1] == '0') {
        length--;
    }
    if (text[length - 1] == '.') {
        length--;
    }
    text[length++] = 'Z';
    return length;
}

/* Entries of one read have one time: it is formatted once. */
static void put_time(int64_t time)
{
    static int64_t known = -1;
    static char text[40];
    static int length;
    if (time != known) {
        known = time;
        length = format_time(text, sizeof text, time);
    }
    put(text, (size_t) length);
}

/* As Docker's json-file. */
static void put_json(int stream, const unsigned char *p, size_t size, bool newline, int64_t time)
{
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
    put_time(time);
    put_text("\"}\n");
}

/* For the driver "local": be32 length, stream (with 0x80 when the line goes on), be64 nanoseconds, text, be32 length again. */
static void put_record(int stream, const unsigned char *p, size_t size, bool newline, int64_t time)
{
    uint32_t length = htobe32((uint32_t) (1 + sizeof time + size));
    uint64_t at = htobe64((uint64_t) time);
    char mark = (char) (newline ? stream : stream | PARTIAL);
    put((const char *) &length, sizeof length);
    put(&mark, 1);
    put((const char *) &at, sizeof at);
    put((const char *) p, size);
    put((const char *) &length, sizeof length);
}

/* At most WORST_ENTRY bytes; how many. */
size_t encode_entry(char *to, int stream, const unsigned char *p, size_t size, bool newline, int64_t time)
{
    out = to;
    if (opt.log_records) {
        put_record(stream, p, size, newline, time);
    } else {
        put_json(stream, p, size, newline, time);
    }
    return (size_t) (out - to);
}
