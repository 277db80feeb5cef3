/*
 * A process for a running container without the help of its runtime. One child prepares: it joins the container's groups and
 * namespaces; its child becomes the process. Whatever is unusual is refused before anything runs, and the runtime is asked.
 */
#include "make.h"
#include "kept.h"

#include <fcntl.h>
#include <linux/keyctl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static bool refused, learning;

bool enter_is_wanted(void)
{
    return (opt.enter || opt.make) && !refused;
}

/* The runtime makes the container; how it makes a filter is to be seen before the container runs. */
bool enter_has_to_learn(void)
{
    return learning;
}

pid_t enter_process(void)
{
    return kept->entered;
}

/* True: the runtime has to do it, and everything is as it was. */
bool enter_gives_up(int status)
{
    if (!enter_is_wanted() || opt.only_enter || (WIFEXITED(status) && WEXITSTATUS(status) == 0)) {
        return false;
    }
    refused = true;
    learning = opt.make && WIFEXITED(status) && WEXITSTATUS(status) == BY_FILTER;
    kept->entered = 0;
    if (opt.tty) {
        console_close(); /* with a terminal in it that nobody uses */
        console_listen();
    }
    return true;
}

/* Once is enough, whatever comes of it. */
void enter_has_learned(void)
{
    learning = false;
}

void enter_refuse(enum refusal why)
{
    _exit(why);
}

void enter_learn(pid_t pid)
{
    struct plan plan;
    struct making making;
    if (plan_read(opt.make, &plan, &making)) {
        seccomp_learn(plan.seccomp, pid);
    }
}

/* Nothing of the monitor's is held any more but what the process is to have. */
static void hold_only(const int ends[3])
{
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    for (int fd = 0; fd < 3; fd++) {
        dup2(ends[fd] >= 0 ? ends[fd] : null, fd);
    }
    syscall(SYS_close_range, 3U, ~0U, 0U);
}

void enter_set_oom_score(const char *score)
{
    if (!score) {
        return;
    }
    int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (fd < 0 || write(fd, score, strlen(score)) < 0) {
        enter_refuse(BY_PLAN);
    }
    close(fd);
}

/* The one that was made for the container. */
static void join_keyring(void)
{
    char name[256];
    snprintf(name, sizeof name, "_ses.%s", opt.id);
    syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, name);
}

static void enter(int log)
{
    struct plan plan;
    struct target target;
    if (!plan_read(opt.enter, &plan, NULL)) {
        enter_refuse(BY_PLAN);
    }
    if (!target_find(&target)) {
        runtime_log_error(log, "cannot exec in a stopped container");
        enter_refuse(BY_TARGET);
    }
    if (!seccomp_recall(plan.seccomp) && !seccomp_learn(plan.seccomp, target.pid)) {
        enter_refuse(BY_FILTER);
    }
    int console = opt.tty ? pty_dial() : -1;
    enter_set_oom_score(plan.oom_score);
    join_keyring();
    if (!target_join_cgroups(&target)) {
        enter_refuse(BY_CGROUP);
    }
    if (!target_join_namespaces(&target)) {
        enter_refuse(BY_NAMESPACE);
    }
    if (opt.tty && (console < 0 || !pty_make(console, plan.rows, plan.columns))) {
        enter_refuse(BY_TERMINAL);
    }
    kept->entered = split(&(struct birth){.plan = &plan, .log = log, .console = -1, .words = "exec failed"});
}

/* The child ends when the process runs, which is ours from then on (we are the subreaper), as with the runtime. */
pid_t enter_begin(const int ends[3])
{
    pid_t pid = runtime_fork();
    if (pid != 0) {
        return pid;
    }
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    hold_only(ends);
    madvise(kept, sizeof *kept, MADV_DONTFORK);
    int log = runtime_open_log();
    if (opt.make) {
        make(log);
    } else {
        enter(log);
    }
    _exit(0);
}
