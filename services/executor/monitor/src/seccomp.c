/*
 * The container's system call filter, as the kernel has it: read from the container's first process once, kept in a file for
 * all containers with the same profile, installed as it is. Nothing here knows how to make one.
 */
#include "enter.h"

#include <fcntl.h>
#include <limits.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifndef PTRACE_SECCOMP_GET_METADATA
#define PTRACE_SECCOMP_GET_METADATA 0x420d
#endif

enum { STOP_MILLIS = 500, MAX_FILTER = BPF_MAXINSNS };

static struct kept_filter {
    uint32_t flags, length;
    struct sock_filter code[MAX_FILTER];
} filter;

struct metadata {
    uint64_t offset, flags;
};

static size_t size_of(const struct kept_filter *known)
{
    return offsetof(struct kept_filter, code) + known->length * sizeof(struct sock_filter);
}

static long long status_number(pid_t pid, const char *key)
{
    char path[32], text[8192];
    snprintf(path, sizeof path, "/proc/%d/status", pid);
    const char *at = file_read(path, text, sizeof text) > 0 ? strstr(text, key) : NULL;
    return at ? strtoll(at + strlen(key), NULL, 10) : -1;
}

static bool status_says(pid_t pid, const char *words)
{
    char path[32], text[8192];
    snprintf(path, sizeof path, "/proc/%d/status", pid);
    return file_read(path, text, sizeof text) > 0 && strstr(text, words);
}

/* Stops for an instant; a signal that arrives just then is handed on. -1: it did not stop. */
static int stopped(pid_t pid)
{
    sigset_t children;
    int status;
    struct timespec patience = {.tv_nsec = STOP_MILLIS * 1000000L};
    sigemptyset(&children);
    sigaddset(&children, SIGCHLD);
    sigprocmask(SIG_BLOCK, &children, NULL);
    if (ptrace(PTRACE_SEIZE, pid, NULL, NULL) < 0 || ptrace(PTRACE_INTERRUPT, pid, NULL, NULL) < 0) {
        return -1;
    }
    while (waitpid(pid, &status, __WALL | WNOHANG) == 0) {
        if (sigtimedwait(&children, NULL, &patience) < 0) {
            return -1; /* our end lets go of it */
        }
    }
    sigprocmask(SIG_UNBLOCK, &children, NULL);
    if (!WIFSTOPPED(status)) {
        return -1;
    }
    return status >> 16 == 0 ? WSTOPSIG(status) : 0;
}

/* Oldest first: those that are ours, too, then the runtime's; the container's own come later. */
static bool read_from(pid_t pid)
{
    long long ours = status_number(getpid(), "\nSeccomp_filters:");
    if (ours < 0) {
        return false;
    }
    int signal = stopped(pid);
    if (signal < 0) {
        return false;
    }
    struct metadata metadata = {.offset = (uint64_t) ours};
    long length = ptrace(PTRACE_SECCOMP_GET_FILTER, pid, ours, NULL);
    bool got = length > 0 && length <= MAX_FILTER
        && ptrace(PTRACE_SECCOMP_GET_FILTER, pid, ours, filter.code) == length
        && ptrace(PTRACE_SECCOMP_GET_METADATA, pid, sizeof metadata, &metadata) > 0;
    ptrace(PTRACE_DETACH, pid, NULL, (long) signal);
    filter.length = got ? (uint32_t) length : 0;
    filter.flags = (uint32_t) metadata.flags;
    return got;
}

/* True where there is nothing to recall. */
bool seccomp_recall(const char *cache)
{
    if (!cache) {
        return true;
    }
    int fd = open(cache, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return false;
    }
    ssize_t got = read(fd, &filter, sizeof filter);
    close(fd);
    return got > (ssize_t) offsetof(struct kept_filter, code) && filter.length <= MAX_FILTER && (size_t) got == size_of(&filter);
}

/* Temporary, then rename. Not kept is no harm: it is read again. */
static void keep(const char *cache)
{
    char temporary[PATH_MAX];
    snprintf(temporary, sizeof temporary, "%s.%d", cache, getpid());
    int fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) {
        return;
    }
    bool written = write(fd, &filter, size_of(&filter)) == (ssize_t) size_of(&filter);
    close(fd);
    if (!written || rename(temporary, cache) < 0) {
        unlink(temporary);
    }
}

/* From the container's first process, while the host's files are there. */
bool seccomp_learn(const char *cache, pid_t pid)
{
    if (!cache) {
        return true;
    }
    if (!read_from(pid)) {
        return false;
    }
    /* The kernel does not tell whether it was asked for; it shows in what it did. */
    if (!status_says(pid, "force mitigated") && !status_says(pid, "force disabled")) {
        filter.flags |= SECCOMP_FILTER_FLAG_SPEC_ALLOW;
    }
    keep(cache);
    return true;
}

bool seccomp_install(void)
{
    struct sock_fprog program = {.len = (unsigned short) filter.length, .filter = filter.code};
    return filter.length == 0 || syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, filter.flags, &program) == 0;
}
