/* What those who enter need to know of a container that no runtime made; with the keys of a runtime's own state. */
#include "make.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { MAX_STATE = 16 * 1024 };

bool state_write(const char *path, pid_t pid, const struct making *making)
{
    char text[MAX_STATE];
    long long start = target_start_of(pid);
    size_t used = (size_t) snprintf(
        text, sizeof text, "{\"init_process_pid\":%d,\"init_process_start\":%lld,\"cgroup_paths\":{", pid, start);
    for (size_t i = 0; i < making->group_count && used < sizeof text; i++) {
        used += (size_t) snprintf(text + used, sizeof text - used, "%s\"%zu\":\"%s\"", i ? "," : "", i, making->groups[i]);
    }
    if (used + sizeof "}}" > sizeof text) {
        return false;
    }
    strcpy(text + used, "}}");
    return file_write(path, text, false);
}

/* And its folder. */
void state_remove(const char *path)
{
    char folder[PATH_MAX];
    snprintf(folder, sizeof folder, "%s", path);
    unlink(path);
    *strrchr(folder, '/') = '\0';
    rmdir(folder);
}
