/* The container's control groups: made and limited by who made the plan, joined and removed here. */
#include "make.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { FIRST_PAUSE_NANOS = 500 * 1000, PAUSES = 12 };

bool groups_join(const struct making *making)
{
    for (size_t i = 0; i < making->group_count; i++) {
        char path[PATH_MAX];
        snprintf(path, sizeof path, "%s/cgroup.procs", making->groups[i]);
        int fd = open(path, O_WRONLY | O_CLOEXEC);
        if (fd < 0 || write(fd, "0", 1) != 1) {
            return wrong("join %s: %s", making->groups[i], wrong_reason());
        }
        close(fd);
    }
    return true;
}

/* Deepest first: the container may have made groups of its own. */
static bool remove_below(const char *folder)
{
    if (rmdir(folder) == 0 || errno == ENOENT) {
        return true;
    }
    DIR *all = opendir(folder);
    for (struct dirent *entry; all && (entry = readdir(all));) {
        char path[PATH_MAX];
        if (entry->d_type == DT_DIR && strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0
            && snprintf(path, sizeof path, "%s/%s", folder, entry->d_name) < (int) sizeof path) {
            remove_below(path);
        }
    }
    if (all) {
        closedir(all);
    }
    return rmdir(folder) == 0 || errno == ENOENT;
}

/* A group stays busy for a moment after its last process. */
void groups_remove(const struct making *making)
{
    for (size_t i = 0; i < making->group_count; i++) {
        struct timespec pause = {.tv_nsec = FIRST_PAUSE_NANOS};
        for (int tries = 0; tries < PAUSES && !remove_below(making->groups[i]); tries++) {
            nanosleep(&pause, NULL);
            pause.tv_nsec = pause.tv_nsec < 256 * FIRST_PAUSE_NANOS ? 2 * pause.tv_nsec : pause.tv_nsec;
        }
    }
}
