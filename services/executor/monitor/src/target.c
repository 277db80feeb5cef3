#include "enter.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { MAX_STATE = 4 * 1024 * 1024, SPACES_BEFORE_START = 20 };

/* What the runtime wrote down of the container; NULL where there is nothing of the kind. */
static char *state(void)
{
    char path[PATH_MAX];
    struct stat stat;
    snprintf(path, sizeof path, "%s/%s/state.json", opt.runtime_root, opt.id);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &stat) < 0 || stat.st_size > MAX_STATE) {
        return NULL;
    }
    size_t size = (size_t) stat.st_size;
    char *text = malloc(size + 1);
    ssize_t got = text ? read(fd, text, size) : -1;
    close(fd);
    if (got != (ssize_t) size) {
        return NULL;
    }
    text[size] = '\0';
    return text;
}

/* A key cannot be taken for one: inside of a JSON string its quotes would have backslashes. */
static long long number_of(const char *state, const char *key)
{
    const char *at = strstr(state, key);
    return at ? strtoll(at + strlen(key), NULL, 10) : -1;
}

/* In clock ticks since the boot; -1 for a process that is not there, or is dead. */
long long target_start_of(pid_t pid)
{
    char path[32], text[1024];
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    char *at = file_read(path, text, sizeof text) > 0 ? strrchr(text, ')') : NULL;
    if (!at || !at[1] || at[2] == 'Z' || at[2] == 'X') {
        return -1;
    }
    for (int i = 0; i < SPACES_BEFORE_START; i++) {
        at = at ? strchr(at + 1, ' ') : NULL;
    }
    return at ? strtoll(at, NULL, 10) : -1;
}

static bool in_our_user_namespace(pid_t pid)
{
    char path[40];
    struct stat ours, theirs;
    snprintf(path, sizeof path, "/proc/%d/ns/user", pid);
    return stat("/proc/self/ns/user", &ours) == 0 && stat(path, &theirs) == 0 && ours.st_ino == theirs.st_ino
        && ours.st_dev == theirs.st_dev;
}

/* Who joins a frozen group stands still in the middle of it. */
static bool is_frozen(const char *folder)
{
    char path[PATH_MAX], text[32];
    snprintf(path, sizeof path, "%s/freezer.state", folder);
    if (file_read(path, text, sizeof text) > 0) {
        return strncmp(text, "THAWED", 6) != 0;
    }
    snprintf(path, sizeof path, "%s/cgroup.freeze", folder);
    return file_read(path, text, sizeof text) > 0 && *text == '1';
}

static bool open_cgroup(struct target *target, const char *folder)
{
    char path[PATH_MAX];
    if (target->cgroup_count == MAX_CGROUPS || is_frozen(folder)
        || snprintf(path, sizeof path, "%s/cgroup.procs", folder) >= (int) sizeof path) {
        return false;
    }
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0) {
        return false;
    }
    target->cgroups[target->cgroup_count++] = fd;
    return true;
}

/* {"cpu":"/sys/fs/cgroup/cpu/x","":"/sys/fs/cgroup/unified/x"}: the runtime's own paths, without escapes. */
static bool open_cgroups(struct target *target, char *state)
{
    static const char key[] = "\"cgroup_paths\":{";
    char *at = strstr(state, key);
    char *end = at ? strchr(at, '}') : NULL;
    if (!end || memchr(at, '\\', (size_t) (end - at))) {
        return false;
    }
    *end = '\0';
    at += sizeof key - 1;
    while ((at = strstr(at, "\":\"")) != NULL) {
        at += 3;
        char *stop = strchr(at, '"');
        if (!stop) {
            return false;
        }
        *stop = '\0';
        if (!open_cgroup(target, at)) {
            return false;
        }
        at = stop + 1;
    }
    return target->cgroup_count > 0;
}

/* The runtime's own proof that the process is still the same: its number and when it started. */
bool target_find(struct target *target)
{
    char *text = state();
    if (!text) {
        return false;
    }
    long long pid = number_of(text, "\"init_process_pid\":"), start = number_of(text, "\"init_process_start\":");
    *target = (struct target){.pid = (pid_t) pid, .pidfd = -1};
    if (pid <= 0 || start < 0) {
        return false;
    }
    target->pidfd = (int) syscall(SYS_pidfd_open, target->pid, 0);
    return target->pidfd >= 0 && target_start_of(target->pid) == start && in_our_user_namespace(target->pid)
        && open_cgroups(target, text);
}

bool target_join_cgroups(struct target *target)
{
    for (int i = 0; i < target->cgroup_count; i++) {
        if (write(target->cgroups[i], "0", 1) != 1) {
            return false;
        }
        close(target->cgroups[i]);
    }
    return true;
}

/* All at once, by the pidfd; the pid namespace is that of children. */
bool target_join_namespaces(struct target *target)
{
    int kinds = CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWNET | CLONE_NEWPID | CLONE_NEWCGROUP | CLONE_NEWNS;
    bool joined = setns(target->pidfd, kinds) == 0;
    close(target->pidfd);
    return joined;
}
