/* The life of a container as the monitor sees it. Each phase is entered in exactly one place below. */
#include "monitor.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LINGER_MILLIS = 5 * 60 * 1000 };

static enum {
    CREATED,   /* nothing runs yet */
    STARTING,  /* the runtime is at work */
    RUNNING,
    DRAINING,  /* the process has ended; its output has not, the runtime deletes */
    ENDED,     /* everybody knows; the runtime may still be deleting */
    LINGERING, /* all is cleaned up; attached clients take their last bytes */
    OVER
} phase = CREATED;

static pid_t runtime, process;
static char failure[4160]; /* set: it never ran, and why */
static struct outcome outcome;
static int64_t lingering_since;

static void on_signal(struct source *source, uint32_t events);
static struct source signals = {.fd = -1, .ready = on_signal};

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

static void describe_exit(char *line, size_t size)
{
    snprintf(line, size, "exited %d %d %d %lld\n", outcome.code, outcome.signal, outcome.oom, (long long) outcome.at);
}

void life_describe(char *line, size_t size)
{
    switch (phase) {
    case CREATED:
    case STARTING: snprintf(line, size, "created\n"); break;
    case RUNNING:
    case DRAINING: snprintf(line, size, "running %d\n", process); break;
    case ENDED:
    case LINGERING:
    case OVER:
        if (*failure) {
            snprintf(line, size, "%s", failure);
        } else {
            describe_exit(line, size);
        }
    }
}

/* NULL when the start is under way: its result is announced. */
const char *life_start(void)
{
    if (phase != CREATED) {
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
    phase = STARTING;
    return NULL;
}

bool life_kill(int number)
{
    return phase == RUNNING && number > 0 && kill(process, number) == 0;
}

bool life_quit(void)
{
    if (phase == CREATED) {
        strcpy(failure, "failed \"never started\"\n");
        phase = ENDED;
    }
    return phase >= ENDED;
}

bool life_has_ended(void)
{
    return phase >= ENDED;
}

static void delete_state(void)
{
    pid_t pid = runtime_has_state() ? runtime_delete() : 0;
    runtime = pid > 0 ? pid : 0;
}

static void start_failed(int status)
{
    char error[4096];
    runtime_error(status, error, sizeof error);
    snprintf(failure, sizeof failure, "failed %s\n", error);
    output_close();
    server_announce(failure);
    attach_output_complete();
    unlink(opt.pid_file);
    delete_state();
    phase = ENDED;
}

static void started(void)
{
    char text[32], line[64];
    if (file_read(opt.pid_file, text, sizeof text) <= 0 || (process = atoi(text)) <= 0) {
        start_failed(0);
        return;
    }
    console_accept();
    console_close();
    outcome_remember_cgroup(process);
    output_begin();
    phase = RUNNING;
    snprintf(line, sizeof line, "running %d\n", process);
    server_announce(line);
}

static void runtime_ended(int status)
{
    runtime = 0;
    if (phase != STARTING) {
        return;
    }
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
    outcome = outcome_of(status);
    delete_state();
    outcome_write(&outcome);
    output_container_ended();
    phase = DRAINING;
}

/* While the runtime starts the container its orphans wait: only its end tells which of them is the container. */
static void reap(void)
{
    int status;
    pid_t pid;
    while ((pid = waitpid(phase == STARTING ? runtime : -1, &status, WNOHANG)) > 0) {
        if (pid == runtime) {
            runtime_ended(status);
        } else if (pid == process && phase == RUNNING) {
            process_ended(status);
        }
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
    phase = ENDED;
}

static void clean_up(void)
{
    namespaces_leave_network();
    server_stop_listening();
    if (*failure) {
        unlink(opt.monitor_pid_file);
    }
    server_close_commands();
    mounts_remove(); /* last: it waits for the disk, and nobody needs to wait for it */
    lingering_since = now_millis();
    phase = LINGERING;
}

static void advance(void)
{
    if (phase == DRAINING && output_drained()) {
        announce_exit();
    }
    if (phase == ENDED && runtime == 0) {
        clean_up();
    }
    if (phase == LINGERING && (!server_has_clients() || now_millis() - lingering_since > LINGER_MILLIS)) {
        phase = OVER;
    }
}

void life_run(void)
{
    bool busy = false;
    while (phase != OVER) {
        loop_wait(busy ? 0 : phase == LINGERING ? 1000 : output_timeout());
        busy = input_pump();
        busy |= output_pump();
        advance();
        if (phase >= ENDED) { /* those who were told to leave may have taken everything already */
            busy |= output_pump();
            advance();
        }
    }
}
