/*
 * Two processes keep a container: a worker that does everything, and a guard that sleeps. Each holds every descriptor, and what
 * has to be known is in memory of both. A worker that was killed is forked again by the guard; a worker without a guard forks:
 * its child goes on as the worker, and it guards the child. The first worker is the container's parent and the guard's child, so
 * the kernel gives the container to the guard when the worker dies. Their README section: "Two processes".
 */
#include "kept.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MAX_DEATHS = 100, DEATHS_MILLIS = 10 * 1000, TERMINAL = 't', INPUT_CLOSED = 'i' };

struct kept *kept;

static int channel[2] = {-1, -1}; /* the guard's end, the worker's end */
static bool lonely;

static void on_guard_gone(struct source *source, uint32_t events)
{
    loop_close(source);
    (void) events;
    lonely = true;
}

static struct source guard_end = {.fd = -1, .ready = on_guard_gone};

void keeper_prepare(void)
{
    kept = mmap(NULL, sizeof *kept, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (kept == MAP_FAILED) {
        fail_errno("map", "shared memory");
    }
}

/* A process that is added to a container has one keeper: it is worth no second one. */
bool keeper_is_guarded(void)
{
    return !opt.process;
}

static void note(int status)
{
    kept->status = status;
    settle();
    kept->status_known = true;
}

static int status_of(const siginfo_t *info)
{
    return info->si_code == CLD_EXITED ? (info->si_status & 0xff) << 8
                                       : info->si_status | (info->si_code == CLD_DUMPED ? 0x80 : 0);
}

/* The next child that has ended, 0 for none. The container's status is known to both before the kernel forgets it. */
pid_t keeper_reap(pid_t only, int *status)
{
    siginfo_t info = {0};
    if (waitid(only > 0 ? P_PID : P_ALL, (id_t) only, &info, WEXITED | WNOHANG | WNOWAIT) < 0 || info.si_pid == 0) {
        return 0;
    }
    *status = status_of(&info);
    if (info.si_pid == kept->process && kept->phase >= RUNNING) {
        note(*status);
    }
    waitpid(info.si_pid, NULL, 0);
    return info.si_pid;
}

/* Kills what a half-made start has left below this process, the runtime before all. */
static void kill_children(void)
{
    char path[64], text[4096];
    snprintf(path, sizeof path, "/proc/self/task/%d/children", getpid());
    while (file_read(path, text, sizeof text) > 0) {
        for (char *pid = strtok(text, " "); pid; pid = strtok(NULL, " ")) {
            kill(atoi(pid), SIGKILL);
        }
        if (waitpid(-1, NULL, 0) < 0 && errno == ECHILD) {
            return;
        }
    }
}

/* Nobody can go on: there is never a container without a keeper. */
static _Noreturn void give_up(void)
{
    kill_children();
    if (opt.make && kept->entered) {
        make_undo();
    }
    if (runtime_has_state()) {
        pid_t pid = runtime_delete();
        while (pid > 0 && waitpid(pid, NULL, 0) < 0 && errno == EINTR) {
        }
    }
    server_stop_listening();
    unlink(opt.monitor_pid_file);
    _exit(1);
}

static void write_pid(void)
{
    char pid[16];
    snprintf(pid, sizeof pid, "%d\n", getpid());
    file_write(opt.monitor_pid_file, pid, false);
}

static void become_worker(void)
{
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    kept->worker = getpid();
    if (keeper_is_guarded()) {
        close(channel[0]);
        channel[0] = -1;
        guard_end.fd = channel[1];
    }
    loop_reopen();
    if (keeper_is_guarded()) {
        loop_add(&guard_end, EPOLLIN);
    }
    runtime_name_log();
}

static bool dies_too_often(void)
{
    static int deaths;
    static int64_t since;
    int64_t now = now_millis();
    if (now - since > DEATHS_MILLIS) {
        since = now;
        deaths = 0;
    }
    return ++deaths > MAX_DEATHS;
}

/* In the guard; returns in the new worker. */
static bool replace_worker(void)
{
    if (kept->phase >= LINGERING) {
        _exit(0);
    }
    if (kept->phase < RUNNING || dies_too_often()) {
        give_up();
    }
    if (kept->reaper == kept->worker) {
        kept->reaper = getpid(); /* as the subreaper above it */
    }
    pid_t pid = fork();
    if (pid < 0) {
        give_up();
    }
    if (pid == 0) {
        become_worker();
        return true;
    }
    kept->worker = pid;
    return false;
}

/* True in a new worker. */
static bool mind_children(void)
{
    int status;
    pid_t pid;
    while ((pid = keeper_reap(0, &status)) > 0) {
        if (pid == kept->process) {
            kill(kept->worker, SIGCHLD);
        } else if (pid == kept->worker && status == 0) {
            _exit(0);
        } else if (pid == kept->worker && replace_worker()) {
            return true;
        }
    }
    return false;
}

static void take_message(void)
{
    char word;
    union {
        struct cmsghdr header;
        char space[CMSG_SPACE(sizeof(int))];
    } control;
    struct iovec part = {.iov_base = &word, .iov_len = 1};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.space, .msg_controllen = sizeof control.space};
    if (recvmsg(channel[0], &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT) != 1) {
        return;
    }
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    if (word == TERMINAL && header && header->cmsg_type == SCM_RIGHTS) {
        int fd;
        memcpy(&fd, CMSG_DATA(header), sizeof fd);
        console_adopt(fd);
    } else if (word == INPUT_CLOSED) {
        input_forget();
    }
}

static void take_signals(int signals)
{
    struct signalfd_siginfo info;
    while (read(signals, &info, sizeof info) == sizeof info) {
        if (info.ssi_signo == SIGTERM || info.ssi_signo == SIGINT) {
            kill(kept->worker, SIGTERM);
        }
    }
}

/* Returns only in a worker that is forked when the last one was killed. */
static void guard(void)
{
    struct pollfd watched[2] = {{.fd = life_signals(), .events = POLLIN}, {.fd = channel[0], .events = POLLIN}};
    for (;;) {
        if (mind_children()) {
            return;
        }
        poll(watched, 2, -1);
        take_message();
        take_signals(watched[0].fd);
    }
}

/* What the worker needs and the guard must not hold: others would wait in vain for the end of those. */
static void drop_workers_descriptors(void)
{
    runtime_close_child_ends();
    server_forget_clients();
    loop_shut();
}

/*
 * Before the start, and whenever the guard was killed. Returns in the worker: true when it is one that takes over from a worker
 * that was killed.
 */
bool keeper_split(void)
{
    if (!keeper_is_guarded()) {
        become_worker();
        return false;
    }
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, channel) < 0) {
        return false;
    }
    if (kept->phase >= RUNNING && kept->reaper != getpid()) {
        kept->reaper = 0; /* it was the guard that was killed */
    }
    pid_t pid = fork();
    if (pid < 0) {
        close(channel[0]);
        close(channel[1]);
        return false;
    }
    if (pid == 0) {
        become_worker();
        return false;
    }
    kept->worker = pid;
    drop_workers_descriptors();
    if (kept->phase >= RUNNING) {
        write_pid();
    }
    guard();
    return true;
}

/* The guard was killed. Before the container runs there is nothing worth a second one. */
void keeper_tend(void)
{
    if (!lonely) {
        return;
    }
    if (kept->phase == CREATED) {
        lonely = false;
        life_quit();
    } else if (kept->phase == RUNNING) {
        lonely = false;
        if (keeper_split()) {
            life_resume();
        } else {
            life_watch_process();
        }
    }
}

static void tell_guard(char word, int fd)
{
    union {
        struct cmsghdr header;
        char space[CMSG_SPACE(sizeof(int))];
    } control;
    struct iovec part = {.iov_base = &word, .iov_len = 1};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (fd >= 0) {
        message.msg_control = control.space;
        message.msg_controllen = sizeof control.space;
        control.header = (struct cmsghdr){
            .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS, .cmsg_len = CMSG_LEN(sizeof(int))};
        memcpy(CMSG_DATA(&control.header), &fd, sizeof fd);
    }
    if (guard_end.fd >= 0) {
        sendmsg(guard_end.fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    }
}

void keeper_share_terminal(int fd)
{
    tell_guard(TERMINAL, fd);
}

/* The container's input ends when nobody holds it any more. */
void keeper_close_input(void)
{
    kept->input_closed = true;
    tell_guard(INPUT_CLOSED, -1);
}
