/* The last steps, in the container: in the order of the runtime, because each takes away what an earlier one needs. */
#include "enter.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/capability.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

enum { TO_LAST_CAPABILITY = 64, CWD_SIZE = 2 * PATH_MAX, LAST_SIGNAL = 64, UNTOUCHED_SIGNAL = 32 };

static const char *environment_value(const struct plan *plan, const char *name)
{
    size_t length = strlen(name);
    for (size_t i = 0; i < plan->environment_count; i++) {
        if (strncmp(plan->environment[i], name, length) == 0 && plan->environment[i][length] == '=') {
            return plan->environment[i] + length + 1;
        }
    }
    return "";
}

static bool limits(const struct plan *plan)
{
    for (size_t i = 0; i < plan->limit_count; i++) {
        if (syscall(SYS_prlimit64, 0, plan->limits[i].kind, &plan->limits[i].value, NULL) < 0) {
            return wrong("error setting rlimits: %s", wrong_reason());
        }
    }
    return true;
}

static bool drop_bounding(uint64_t kept)
{
    for (int i = 0; i < TO_LAST_CAPABILITY && prctl(PR_CAPBSET_READ, i, 0, 0, 0) >= 0; i++) {
        if (!(kept >> i & 1) && prctl(PR_CAPBSET_DROP, i, 0, 0, 0) < 0) {
            return false;
        }
    }
    return true;
}

static bool set_capabilities(const struct plan *plan)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct data[2];
    for (int i = 0; i < 2; i++) {
        data[i].effective = (uint32_t) (plan->effective >> 32 * i);
        data[i].permitted = (uint32_t) (plan->permitted >> 32 * i);
        data[i].inheritable = (uint32_t) (plan->inheritable >> 32 * i);
    }
    if (syscall(SYS_capset, &header, data) < 0) {
        return false;
    }
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
    for (int i = 0; i < TO_LAST_CAPABILITY; i++) {
        if (plan->ambient >> i & 1) {
            prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, i, 0, 0); /* refused where it is not inheritable: as by the runtime */
        }
    }
    return true;
}

/* Pipes and the terminal belong to the user, so that /dev/stdout can be opened; /dev/null stays root's. */
static bool give_stdio(uid_t uid)
{
    for (int fd = 0; fd < 3; fd++) {
        struct stat stat;
        if (fstat(fd, &stat) < 0) {
            return false;
        }
        bool null = S_ISCHR(stat.st_mode) && stat.st_rdev == makedev(1, 3);
        if (stat.st_uid != uid && !null && fchown(fd, uid, stat.st_gid) < 0 && errno != EPERM && errno != EINVAL) {
            return false;
        }
    }
    return true;
}

static bool change_user(const struct plan *plan)
{
    return give_stdio(plan->uid) && syscall(SYS_setgroups, plan->group_count, plan->groups) == 0
        && syscall(SYS_setresgid, plan->gid, plan->gid, plan->gid) == 0
        && syscall(SYS_setresuid, plan->uid, plan->uid, plan->uid) == 0;
}

/* A working directory that cannot be reached from the root would be a way out of the container. */
static bool stays_inside(void)
{
    char path[CWD_SIZE];
    return syscall(SYS_getcwd, path, sizeof path) > 0 && path[0] == '/';
}

static bool no_folder(const struct plan *plan)
{
    return wrong("chdir to cwd (\"%s\") set in config.json failed: %s", plan->cwd, wrong_reason());
}

static bool take_identity(const struct plan *plan)
{
    bool there = chdir(plan->cwd) == 0;
    if (!there && errno != EACCES && errno != EPERM) {
        return no_folder(plan);
    }
    if (!drop_bounding(plan->bounding) || prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) < 0 || !change_user(plan)) {
        return wrong("cannot become user %u: %s", plan->uid, wrong_reason());
    }
    if (!there && chdir(plan->cwd) < 0) {
        return no_folder(plan);
    }
    if (!stays_inside()) {
        return wrong("current working directory is outside of container mount namespace root");
    }
    return (prctl(PR_SET_KEEPCAPS, 0, 0, 0, 0) == 0 && set_capabilities(plan))
        || wrong("unable to apply caps: %s", wrong_reason());
}

static bool is_program(const char *path)
{
    struct stat found;
    return stat(path, &found) == 0 && !S_ISDIR(found.st_mode) && (found.st_mode & 0111);
}

static bool no_program(const char *path)
{
    struct stat found;
    if (stat(path, &found) < 0) {
        return wrong("exec: \"%s\": stat %s: %s", path, path, wrong_reason());
    }
    return wrong(S_ISDIR(found.st_mode) ? "exec: \"%s\": is a directory" : "exec: \"%s\": permission denied", path);
}

/* As the runtime looks for it, by the PATH that the process will have. */
static bool resolve(const struct plan *plan, char *path, size_t size)
{
    const char *name = plan->arguments[0];
    const char *folder = environment_value(plan, "PATH");
    if (strchr(name, '/')) {
        return (snprintf(path, size, "%s", name) < (int) size && is_program(path)) || no_program(name);
    }
    while (*folder == '/') {
        int length = (int) strcspn(folder, ":");
        if (snprintf(path, size, "%.*s/%s", length, folder, name) < (int) size && is_program(path)) {
            return true;
        }
        folder += length + (folder[length] == ':');
    }
    return wrong("exec: \"%s\": executable file not found in $PATH", name);
}

/* As a runtime in Go leaves them: nothing is ignored but what its language does not touch either. */
static void default_signals(void)
{
    static const struct {
        unsigned long handler, flags, restorer, mask;
    } standard;
    for (int number = 1; number <= LAST_SIGNAL; number++) {
        if (number != UNTOUCHED_SIGNAL) {
            syscall(SYS_rt_sigaction, number, &standard, NULL, sizeof standard.mask);
        }
    }
}

void become(const struct plan *plan)
{
    char program[PATH_MAX];
    default_signals();
    if (setsid() < 0 || (opt.tty && ioctl(0, TIOCSCTTY, 0) < 0) || !limits(plan)) {
        return;
    }
    if (plan->umask >= 0) {
        umask((mode_t) plan->umask);
    }
    if (plan->no_new_privileges ? prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 : !seccomp_install()) {
        wrong("error loading seccomp filter: %s", wrong_reason());
        return; /* the filter needs a privilege, or that there will never be one */
    }
    if (!take_identity(plan) || !resolve(plan, program, sizeof program)) {
        return;
    }
    if (plan->no_new_privileges && !seccomp_install()) {
        wrong("error loading seccomp filter: %s", wrong_reason());
        return;
    }
    execve(program, plan->arguments, plan->environment);
    wrong("exec %s: %s", program, wrong_reason());
}
