/*
 * A container without the help of a runtime: what a plan says is done in the runtime's order. What goes wrong before anything runs
 * is left to the runtime, which has the words for it. README: "Making".
 */
#include "make.h"
#include "kept.h"

#include <fcntl.h>
#include <linux/keyctl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { DESCRIPTION = 512, SEARCH_BY_USER = 0x080000 };

/* "keyring;0;0;3f130000;_ses.ID" */
static void allow_search(long keyring)
{
    char text[DESCRIPTION] = "";
    if (syscall(SYS_keyctl, KEYCTL_DESCRIBE, keyring, text, sizeof text - 1) < 0) {
        return;
    }
    char *at = text;
    for (int i = 0; i < 3 && at; i++) {
        at = strchr(at, ';');
        at = at ? at + 1 : NULL;
    }
    if (at) {
        syscall(SYS_keyctl, KEYCTL_SETPERM, keyring, strtoul(at, NULL, 16) | SEARCH_BY_USER);
    }
}

/* Not the one of the platform's own session. */
static void make_keyring(void)
{
    char name[256];
    snprintf(name, sizeof name, "_ses.%s", opt.id);
    long keyring = syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, name);
    if (keyring >= 0) {
        allow_search(keyring);
    }
}

static bool join_network(const char *path)
{
    if (!path) {
        return true;
    }
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool joined = fd >= 0 && setns(fd, CLONE_NEWNET) == 0;
    close(fd);
    return joined;
}

static bool write_down(pid_t pid, const struct making *making)
{
    char text[16];
    snprintf(text, sizeof text, "%d", pid);
    return state_write(opt.state, pid, making) && file_write(opt.pid_file, text, false);
}

void make(int log)
{
    struct plan plan;
    struct making making;
    if (!plan_read(opt.make, &plan, &making) || !making.rootfs) {
        enter_refuse(BY_PLAN);
    }
    if (!seccomp_recall(plan.seccomp)) {
        enter_refuse(BY_FILTER);
    }
    int console = opt.tty ? pty_dial() : -1;
    if (opt.tty && console < 0) {
        enter_refuse(BY_TERMINAL);
    }
    enter_set_oom_score(plan.oom_score);
    make_keyring();
    if (!groups_join(&making)) {
        enter_refuse(BY_CGROUP);
    }
    if (!join_network(making.network) || unshare(CLONE_NEWPID) < 0) {
        enter_refuse(BY_NAMESPACE);
    }
    pid_t pid = split(&(struct birth){
        .plan = &plan, .making = &making, .log = log, .console = console, .words = "runc create failed"});
    if (!write_down(pid, &making)) {
        kill(pid, SIGKILL);
        waitpid(pid, NULL, 0);
        enter_refuse(BY_PLAN);
    }
    kept->entered = pid;
}

/* What the runtime's delete would do. The container's processes have ended: with the first, all do. */
pid_t make_undo(void)
{
    pid_t pid = runtime_fork();
    if (pid != 0) {
        return pid;
    }
    struct plan plan;
    struct making making;
    if (plan_read(opt.make, &plan, &making)) {
        groups_remove(&making);
    }
    state_remove(opt.state);
    _exit(0);
}
