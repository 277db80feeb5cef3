#include "make.h"

#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_PLAN = 16 * 1024 * 1024 };

/* All of the file and a NUL behind it. */
static char *content(const char *path, size_t *size)
{
    struct stat stat;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &stat) < 0 || stat.st_size <= 0 || stat.st_size > MAX_PLAN) {
        return NULL;
    }
    *size = (size_t) stat.st_size;
    char *text = malloc(*size + 1);
    bool whole = text && read(fd, text, *size) == (ssize_t) *size;
    close(fd);
    if (whole) {
        text[*size] = '\0';
    }
    return whole ? text : NULL;
}

static bool number(const char *text, unsigned long long limit, unsigned long long *value)
{
    char *end;
    *value = strtoull(text, &end, 10);
    return end != text && !*end && *text != '-' && *value <= limit;
}

static bool set(const char *text, uint64_t *bits)
{
    char *end;
    *bits = strtoull(text, &end, 16);
    return end != text && !*end;
}

/* "7 1024 4096": kind, soft, hard. */
static bool limit(struct plan *plan, const char *text)
{
    char *end;
    struct limit *next = plan->limits + plan->limit_count;
    if (plan->limit_count == MAX_RLIMITS) {
        return false;
    }
    next->kind = (int) strtol(text, &end, 10);
    next->value.rlim_cur = strtoull(end, &end, 10);
    next->value.rlim_max = strtoull(end, &end, 10);
    plan->limit_count++;
    return !*end && next->kind >= 0 && next->kind < (int) RLIM_NLIMITS;
}

static bool take(struct plan *plan, struct making *making, const char *key, char *value)
{
    unsigned long long n = 0;
    bool id = number(value, INT_MAX, &n);
    if (strcmp(key, "arg") == 0) {
        plan->arguments[plan->argument_count++] = value;
    } else if (strcmp(key, "env") == 0) {
        plan->environment[plan->environment_count++] = value;
    } else if (strcmp(key, "group") == 0) {
        plan->groups[plan->group_count++] = (gid_t) n;
        return id;
    } else if (strcmp(key, "uid") == 0) {
        plan->uid = (uid_t) n;
        return id;
    } else if (strcmp(key, "gid") == 0) {
        plan->gid = (gid_t) n;
        return id;
    } else if (strcmp(key, "umask") == 0) {
        plan->umask = (int) n;
        return id;
    } else if (strcmp(key, "rows") == 0) {
        plan->rows = (unsigned) n;
        return id;
    } else if (strcmp(key, "columns") == 0) {
        plan->columns = (unsigned) n;
        return id;
    } else if (strcmp(key, "limit") == 0) {
        return limit(plan, value);
    } else if (strcmp(key, "cwd") == 0) {
        plan->cwd = value;
    } else if (strcmp(key, "oom-score") == 0) {
        plan->oom_score = value;
    } else if (strcmp(key, "seccomp") == 0) {
        plan->seccomp = value;
    } else if (strcmp(key, "no-new-privileges") == 0) {
        plan->no_new_privileges = true;
    } else if (strcmp(key, "bounding") == 0) {
        return set(value, &plan->bounding);
    } else if (strcmp(key, "effective") == 0) {
        return set(value, &plan->effective);
    } else if (strcmp(key, "permitted") == 0) {
        return set(value, &plan->permitted);
    } else if (strcmp(key, "inheritable") == 0) {
        return set(value, &plan->inheritable);
    } else if (strcmp(key, "ambient") == 0) {
        return set(value, &plan->ambient);
    } else {
        return making && making_take(making, key, value); /* what is not understood cannot be left out */
    }
    return true;
}

static size_t count_entries(const char *text, size_t size)
{
    size_t count = 0;
    for (size_t i = 0; i < size; i++) {
        count += text[i] == '\0';
    }
    return count;
}

/* Entries "key=value", each with a NUL at its end. Whole, or not at all. `making` is NULL where a process is all it may say. */
bool plan_read(const char *path, struct plan *plan, struct making *making)
{
    size_t size = 0;
    char *text = content(path, &size);
    size_t entries = text ? count_entries(text, size) : 0;
    *plan = (struct plan){.umask = -1};
    plan->arguments = calloc(entries + 1, sizeof(char *));
    plan->environment = calloc(entries + 1, sizeof(char *));
    plan->groups = calloc(entries + 1, sizeof(gid_t));
    if (!text || text[size - 1] != '\0' || !plan->arguments || !plan->environment || !plan->groups
        || (making && !making_prepare(making, entries))) {
        return false;
    }
    for (char *entry = text; entry < text + size; entry += strlen(entry) + 1) {
        char *next = strchr(entry, '=');
        if (!next) {
            return false;
        }
        *next = '\0';
        if (!take(plan, making, entry, next + 1)) {
            return false;
        }
        entry = next + 1;
    }
    return plan->argument_count > 0 && plan->cwd && plan->cwd[0] == '/';
}
