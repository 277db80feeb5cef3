/* The life of a container as the monitor sees it. Each phase is entered in exactly one place below. */
#include "kept.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LINGER_MILLIS = 5 * 60 * 1000 };

static pid_t runtime;
static int64_t lingering_since;

static void on_signal(struct source *source, uint32_t events);
static struct source signals = {.fd = -1, .ready = on_signal};

static void on_process_gone(struct source *source, uint32_t events);
static struct source stranger = {.fd = -1, .ready = on_process_gone}; /* the process, when it is another's child */

void life_begin(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    sigprocmask(SIG_BLOCK, &set, NULL);
    signal(SIGPIPE, SIG_IGN);
    signals.fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    if (signals.fd < 0) {
        fail_errno("create", "signalfd");
    }
    loop_add(&signals, EPOLLIN);
}

int life_signals(void)
{
    return signals.fd;
}

static void describe_exit(char *line, size_t size)
{
    snprintf(line, size, "exited %d %d %d %lld\n", kept->outcome.code, kept->outcome.signal, kept->outcome.oom, (long long) kept->outcome.at);
}

void life_describe(char *line, size_t size)
{
    switch (kept->phase) {
    case CREATED:
    case STARTING: snprintf(line, size, "created\n"); break;
    case RUNNING:
    case DRAINING: snprintf(line, size, "running %d\n", kept->process); break;
    case ENDED:
    case LINGERING:
    case OVER:
        if (*kept->failure) {
            snprintf(line, size, "%s", kept->failure);
        } else {
            describe_exit(line, size);
        }
    }
}

/* NULL when the start is under way: its result is announced. */
const char *life_start(void)
{
    if (kept->phase != CREATED) {
        return "already started";
    }
    if (opt.tty) {
        console_listen();
    }
    runtime = runtime_run();
    if (runtime < 0) {
        runtime = 0;
        return "the runtime cannot be forked";
    }
    kept->phase = STARTING;
    return NULL;
}

bool life_kill(int number)
{
    if (kept->phase != RUNNING || number <= 0 || kept->status_known) {
        return false;
    }
    return stranger.fd < 0 ? kill(kept->process, number) == 0
                           : syscall(SYS_pidfd_send_signal, stranger.fd, number, NULL, 0) == 0;
}

bool life_quit(void)
{
    if (kept->phase == CREATED) {
        strcpy(kept->failure, "failed \"never started\"\n");
        kept->phase = ENDED;
    }
    return kept->phase >= ENDED;
}

bool life_has_ended(void)
{
    return kept->phase >= ENDED;
}

static void delete_state(void)
{
    pid_t pid = opt.make && kept->entered ? make_undo() : runtime_has_state() ? runtime_delete() : 0;
    runtime = pid > 0 ? pid : 0;
}

static void start_failed(int status)
{
    char error[4096];
    runtime_error(status, error, sizeof error);
    snprintf(kept->failure, sizeof kept->failure, "failed %s\n", error);
    output_close();
    server_announce(kept->failure);
    attach_output_complete();
    unlink(opt.pid_file);
    delete_state();
    kept->phase = ENDED;
}

static void started(void)
{
    char text[32], line[64];
    kept->process = enter_process();
    runtime_close_child_ends();
    if (kept->process == 0 && (file_read(opt.pid_file, text, sizeof text) <= 0 || (kept->process = atoi(text)) <= 0)) {
        start_failed(0);
        return;
    }
    console_accept();
    console_close();
    outcome_remember_cgroup(kept->process);
    output_begin();
    kept->reaper = getpid();
    settle();
    kept->phase = RUNNING;
    snprintf(line, sizeof line, "running %d\n", kept->process);
    server_announce(line);
}

static void runtime_ended(int status)
{
    runtime = 0;
    if (kept->phase != STARTING) {
        return;
    }
    if (enter_gives_up(status) && (runtime = runtime_run()) > 0) {
        return;
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0 && enter_has_to_learn() && (runtime = runtime_continue()) > 0) {
        return;
    }
    runtime = 0;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
        started();
    } else {
        console_close();
        start_failed(status);
    }
}

/* The runtime deletes while we write and drain: the OOM counter is read before, the result is durable before it is told. */
static void process_ended(int status)
{
    kept->outcome = outcome_of(status);
    settle();
    kept->phase = DRAINING;
    delete_state();
    outcome_write(&kept->outcome);
    output_container_ended();
}

/* Whoever reaped it. */
static void take_end(void)
{
    if (kept->phase == RUNNING && kept->status_known) {
        process_ended(kept->status);
    }
}

/* While the runtime starts the container its orphans wait: only its end tells which of them is the container. */
static void reap(void)
{
    int status;
    pid_t pid;
    while ((pid = keeper_reap(kept->phase == STARTING ? runtime : 0, &status)) > 0) {
        if (pid == runtime) {
            runtime_ended(status);
        } else {
            rotation_child_ended(pid, status);
        }
    }
    take_end();
}

/* Its parent tells more, if there is one. */
static void on_process_gone(struct source *source, uint32_t events)
{
    (void) events;
    if (kept->reaper == 0 && !kept->status_known) {
        kept->status = outcome_of_stranger(kept->process, source->fd);
        settle();
        kept->status_known = true;
    }
    loop_close(source);
    take_end();
}

/* In a worker that is not the process's parent. */
void life_watch_process(void)
{
    if (kept->phase == RUNNING && kept->reaper != getpid() && stranger.fd < 0) {
        stranger.fd = (int) syscall(SYS_pidfd_open, kept->process, 0);
        if (stranger.fd >= 0) {
            loop_add(&stranger, EPOLLIN);
        }
    }
    if (stranger.fd < 0 && kept->reaper == 0 && !kept->status_known) {
        kept->status = outcome_of_stranger(kept->process, -1);
        settle();
        kept->status_known = true;
    }
    take_end();
}

/* In the place of a worker that was killed, wherever it was. */
void life_resume(void)
{
    runtime = 0;
    log_resume();
    output_resume();
    switch (kept->phase) {
    case CREATED:
    case STARTING: break; /* the guard has given up */
    case RUNNING:
        outcome_remember_cgroup(kept->process);
        life_watch_process();
        break;
    case DRAINING:
        delete_state();
        outcome_write(&kept->outcome);
        output_container_ended();
        break;
    case ENDED:
        output_close();
        delete_state();
        break;
    case LINGERING:
    case OVER: break; /* nobody is left who waits for anything */
    }
}

static void on_signal(struct source *source, uint32_t events)
{
    struct signalfd_siginfo info;
    (void) events;
    while (read(source->fd, &info, sizeof info) == sizeof info) {
        if (info.ssi_signo == SIGCHLD) {
            reap();
        } else if (info.ssi_signo == SIGTERM || info.ssi_signo == SIGINT) {
            life_quit(); /* refused while a container runs: it must not lose its monitor to a stop of the service */
        }
    }
}

static void announce_exit(void)
{
    char line[96];
    describe_exit(line, sizeof line);
    server_announce(line);
    attach_output_complete();
    kept->phase = ENDED;
}

static void clean_up(void)
{
    namespaces_leave_network();
    if (opt.log) {
        rotation_forget_rest();
    }
    server_stop_listening();
    if (*kept->failure) {
        unlink(opt.monitor_pid_file);
    }
    server_close_commands();
    mounts_remove(); /* last: it waits for the disk, and nobody needs to wait for it */
    lingering_since = now_millis();
    kept->phase = LINGERING;
}

static void advance(void)
{
    if (kept->phase == DRAINING && output_drained()) {
        announce_exit();
    }
    if (kept->phase == ENDED && runtime == 0) {
        clean_up();
    }
    if (kept->phase == LINGERING && (!server_has_clients() || now_millis() - lingering_since > LINGER_MILLIS)) {
        kept->phase = OVER;
    }
}

void life_run(void)
{
    bool busy = false;
    while (kept->phase != OVER) {
        loop_wait(busy ? 0 : kept->phase == LINGERING ? 1000 : output_timeout());
        busy = input_pump();
        busy |= output_pump();
        advance();
        keeper_tend();
        if (kept->phase >= ENDED) { /* those who were told to leave may have taken everything already */
            busy |= output_pump();
            advance();
        }
    }
}
