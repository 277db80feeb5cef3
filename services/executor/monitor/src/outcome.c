#include "monitor.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { UNKNOWN_CODE = 255, EXIT_INFO = 1 << 3 };

static char oom_counter[PATH_MAX];

static bool remember(const char *root, const char *cgroup, const char *file)
{
    snprintf(oom_counter, sizeof oom_counter, "%s%s/%s", root, cgroup, file);
    return access(oom_counter, R_OK) == 0;
}

static bool remember_below(const char *cgroup, bool version_1)
{
    return version_1 ? remember("/sys/fs/cgroup/memory", cgroup, "memory.oom_control")
                     : remember("/sys/fs/cgroup", cgroup, "memory.events")
                           || remember("/sys/fs/cgroup/unified", cgroup, "memory.events");
}

static bool remember_line(char *line)
{
    char *controllers = strchr(line, ':');
    char *cgroup = controllers ? strchr(controllers + 1, ':') : NULL;
    if (!cgroup) {
        return false;
    }
    *cgroup++ = '\0';
    controllers++;
    return strcmp(controllers, "memory") == 0 ? remember_below(cgroup, true)
        : *controllers == '\0' && strcmp(cgroup, "/") != 0 && remember_below(cgroup, false);
}

/*
 * Where the kernel counts this container's OOM kills. From --cgroup when given: a process that has already ended tells version
 * 1 nothing about where it was.
 */
void outcome_remember_cgroup(pid_t pid)
{
    char path[32], text[4096];
    if (opt.process || (opt.cgroup && (remember_below(opt.cgroup, true) || remember_below(opt.cgroup, false)))) {
        return;
    }
    snprintf(path, sizeof path, "/proc/%d/cgroup", pid);
    oom_counter[0] = '\0';
    file_read(path, text, sizeof text);
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        if (remember_line(line)) {
            return;
        }
    }
    oom_counter[0] = '\0';
}

static bool was_oom_killed(void)
{
    char text[4096];
    if (!*oom_counter || file_read(oom_counter, text, sizeof text) <= 0) {
        return false;
    }
    char *count = strstr(text, "oom_kill ");
    return count && atoll(count + strlen("oom_kill ")) > 0;
}

struct outcome outcome_of(int status)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    int signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    return (struct outcome){
        .code = signal ? 128 + signal : WEXITSTATUS(status),
        .signal = signal,
        .oom = was_oom_killed(),
        .at = (int64_t) now.tv_sec * 1000000000 + now.tv_nsec,
    };
}

/* Of a process that has ended and that its parent has not reaped yet; -1 when it is not there. */
static int status_of_zombie(pid_t pid)
{
    char path[32], text[1024];
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    if (file_read(path, text, sizeof text) <= 0) {
        return -1;
    }
    const char *state = strrchr(text, ')');
    const char *status = strrchr(text, ' ');
    return state && status && strncmp(state, ") Z", 3) == 0 ? atoi(status + 1) : -1;
}

/* What the kernel keeps with a pidfd of a process that was reaped (since 6.15); -1 when it keeps nothing. */
static int status_of_reaped(int pidfd)
{
    struct {
        uint64_t mask, cgroup;
        uint32_t ids[11];
        int32_t status;
    } info = {.mask = EXIT_INFO};
    bool told = pidfd >= 0 && ioctl(pidfd, _IOWR(0xff, 11, info), &info) == 0 && (info.mask & EXIT_INFO);
    return told ? info.status : -1;
}

/* How the container's process ended when it was neither keeper's child any more, as waitpid tells it; 255 when nobody knows. */
int outcome_of_stranger(pid_t pid, int pidfd)
{
    int status = status_of_zombie(pid);
    status = status < 0 ? status_of_reaped(pidfd) : status;
    return status < 0 ? UNKNOWN_CODE << 8 : status;
}

/* Durable before anybody is told: temporary, fsync, rename, fsync of the folder. */
void outcome_write(const struct outcome *outcome)
{
    char text[96];
    snprintf(text, sizeof text, "code=%d signal=%d oom=%d at=%lld\n", outcome->code, outcome->signal, outcome->oom,
        (long long) outcome->at);
    file_write(opt.exit_file, text, true);
}
