/*
 * A process for a running container without the help of its runtime. One child prepares: it joins the container's groups and
 * namespaces; its child becomes the process. Whatever is unusual is refused before anything runs, and the runtime is asked.
 */
#include "enter.h"
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

enum { REPORT = 3 };

static bool refused;

bool enter_is_wanted(void)
{
    return opt.enter && !refused;
}

pid_t enter_process(void)
{
    return kept->entered;
}

/* True: the runtime has to do it, and everything is as it was. */
bool enter_gives_up(int status)
{
    if (!enter_is_wanted() || (WIFEXITED(status) && WEXITSTATUS(status) == 0)) {
        return false;
    }
    refused = true;
    kept->entered = 0;
    if (opt.tty) {
        console_close(); /* with a terminal in it that nobody uses */
        console_listen();
    }
    return true;
}

static _Noreturn void refuse(enum refusal why)
{
    _exit(why);
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

static void set_oom_score(const char *score)
{
    if (!score) {
        return;
    }
    int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (fd < 0 || write(fd, score, strlen(score)) < 0) {
        refuse(BY_PLAN);
    }
    close(fd);
}

/* The one that the runtime made for the container. */
static void join_keyring(void)
{
    char name[256];
    snprintf(name, sizeof name, "_ses.%s", opt.id);
    syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, name);
}

static _Noreturn void be(const struct plan *plan, int report)
{
    if (report != REPORT) {
        dup3(report, REPORT, O_CLOEXEC);
    }
    syscall(SYS_close_range, (unsigned) REPORT + 1, ~0U, 0U);
    become(plan);
    ssize_t ignored = write(REPORT, "x", 1);
    (void) ignored;
    _exit(BY_PROCESS);
}

/* Its descriptor closes by itself when the process has become what it is to be. */
static bool has_become(int report)
{
    char word;
    return read(report, &word, 1) == 0;
}

static void split(const struct plan *plan)
{
    int report[2];
    if (pipe2(report, O_CLOEXEC) < 0) {
        refuse(BY_FORK);
    }
    pid_t pid = fork();
    if (pid < 0) {
        refuse(BY_FORK);
    }
    if (pid == 0) {
        be(plan, report[1]);
    }
    close(report[1]);
    if (!has_become(report[0])) {
        waitpid(pid, NULL, 0);
        refuse(BY_PROCESS);
    }
    kept->entered = pid;
}

static void enter(void)
{
    struct plan plan;
    struct target target;
    if (!plan_read(opt.enter, &plan)) {
        refuse(BY_PLAN);
    }
    if (!target_find(&target)) {
        refuse(BY_TARGET);
    }
    if (!seccomp_prepare(plan.seccomp, target.pid)) {
        refuse(BY_FILTER);
    }
    int console = opt.tty ? pty_dial() : -1;
    set_oom_score(plan.oom_score);
    join_keyring();
    if (!target_join_cgroups(&target)) {
        refuse(BY_CGROUP);
    }
    if (!target_join_namespaces(&target)) {
        refuse(BY_NAMESPACE);
    }
    if (opt.tty && (console < 0 || !pty_make(console, plan.rows, plan.columns))) {
        refuse(BY_TERMINAL);
    }
    split(&plan);
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
    enter();
    _exit(0);
}
