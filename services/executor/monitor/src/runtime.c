#include "monitor.h"

#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MAX_ARGUMENTS = MAX_REPEATED + 24 };

/* Nothing of ours: LISTEN_FDS or NOTIFY_SOCKET would reach into the container. */
static char *environment[] = {"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", NULL};

struct arguments {
    const char *values[MAX_ARGUMENTS];
    int count;
};

static int runtime_log = -1;
static char runtime_log_path[64];
static char oom_score[16];
static int child_ends[3] = {-1, -1, -1}; /* of the container's stdio */

static void add(struct arguments *arguments, const char *value)
{
    arguments->values[arguments->count++] = value;
}

/* Unkillable by the kernel's OOM killer where we may say so; the container gets the value we were started with. */
void runtime_prepare(void)
{
    file_read("/proc/self/oom_score_adj", oom_score, sizeof oom_score);
    int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (fd >= 0) {
        ssize_t ignored = write(fd, "-999", 4);
        (void) ignored;
        close(fd);
    }
    /* The runtime opens its log by path, so the descriptor itself never has to be inherited. */
    runtime_log = memfd_create("runtime-log", MFD_CLOEXEC);
}

void runtime_name_log(void)
{
    snprintf(runtime_log_path, sizeof runtime_log_path, "/proc/%d/fd/%d", getpid(), runtime_log);
}

static void restore_oom_score(void)
{
    int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (fd >= 0) {
        ssize_t ignored = write(fd, oom_score, strlen(oom_score));
        (void) ignored;
        close(fd);
    }
}

static void restore_signals(void)
{
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGPIPE, SIG_DFL);
}

/* A child that is as if it was never ours. */
pid_t runtime_fork(void)
{
    pid_t pid = fork();
    if (pid == 0) {
        restore_signals();
        restore_oom_score();
    }
    return pid;
}

static pid_t spawn(struct arguments *arguments, const int ends[3])
{
    add(arguments, NULL);
    pid_t pid = runtime_fork();
    if (pid != 0) {
        return pid;
    }
    if (namespaces_host_network() >= 0) {
        setns(namespaces_host_network(), CLONE_NEWNET);
    }
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    for (int fd = 0; fd < 3; fd++) {
        dup2(ends && ends[fd] >= 0 ? ends[fd] : null, fd);
    }
    execvpe(opt.runtime, (char *const *) arguments->values, environment);
    dprintf(runtime_log, "{\"level\":\"error\",\"msg\":\"%s: cannot be executed: %m\"}\n", opt.runtime);
    _exit(127);
}

static struct arguments global_arguments(void)
{
    struct arguments arguments = {0};
    add(&arguments, opt.runtime);
    add(&arguments, "--root");
    add(&arguments, opt.runtime_root);
    add(&arguments, "--log");
    add(&arguments, runtime_log_path);
    add(&arguments, "--log-format");
    add(&arguments, "json");
    for (int i = 0; i < opt.runtime_arg_count; i++) {
        add(&arguments, opt.runtime_args[i]);
    }
    return arguments;
}

/* Before the start, so that the guard has the other ends of them, too. */
void runtime_make_pipes(void)
{
    if (!opt.tty) {
        child_ends[0] = opt.stdin_open ? input_make_pipe() : -1;
        output_make_pipes(child_ends + 1);
    }
}

void runtime_close_child_ends(void)
{
    for (int fd = 0; fd < 3; fd++) {
        if (child_ends[fd] >= 0) {
            close(child_ends[fd]);
            child_ends[fd] = -1;
        }
    }
}

/* Detached: the runtime ends when the process runs, and the process becomes our child (we are the subreaper). */
pid_t runtime_run(void)
{
    if (enter_is_wanted()) {
        return enter_begin(child_ends);
    }
    struct arguments arguments = global_arguments();
    add(&arguments, opt.process ? "exec" : enter_has_to_learn() ? "create" : "run");
    if (!enter_has_to_learn()) {
        add(&arguments, "--detach");
    }
    add(&arguments, "--pid-file");
    add(&arguments, opt.pid_file);
    if (opt.tty) {
        add(&arguments, "--console-socket");
        add(&arguments, console_path());
    }
    if (opt.process) {
        add(&arguments, "--process");
        add(&arguments, opt.process);
    } else {
        add(&arguments, "--bundle");
        add(&arguments, opt.bundle);
    }
    add(&arguments, opt.id);
    pid_t pid = spawn(&arguments, child_ends);
    runtime_close_child_ends();
    return pid;
}

/* What was created is looked at before it runs. */
pid_t runtime_continue(void)
{
    char text[32];
    struct arguments arguments = global_arguments();
    add(&arguments, "start");
    add(&arguments, opt.id);
    add(&arguments, NULL);
    pid_t created = file_read(opt.pid_file, text, sizeof text) > 0 ? atoi(text) : 0;
    pid_t pid = runtime_fork();
    if (pid == 0) {
        enter_learn(created);
        execvpe(opt.runtime, (char *const *) arguments.values, environment);
        _exit(127);
    }
    enter_has_learned();
    return pid;
}

/* By its name: descriptors are not inherited by those who prepare processes. */
int runtime_open_log(void)
{
    return open(runtime_log_path, O_WRONLY | O_APPEND | O_CLOEXEC);
}

pid_t runtime_delete(void)
{
    struct arguments arguments = global_arguments();
    add(&arguments, "delete");
    add(&arguments, "--force");
    add(&arguments, opt.id);
    return spawn(&arguments, NULL);
}

bool runtime_has_state(void)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", opt.runtime_root, opt.id);
    return !opt.process && access(path, F_OK) == 0;
}

/* The value of "msg" in line, still escaped; its length, or 0. */
static int message_in(const char *line, const char **message)
{
    const char *key = strstr(line, "\"msg\":");
    if (!key || !(key = strchr(key + 6, '"'))) {
        return 0;
    }
    const char *end = ++key;
    while (*end && *end != '"') {
        end += *end == '\\' && end[1] ? 2 : 1;
    }
    *message = key;
    return (int) (end - key);
}

static bool logged_error(char *json, size_t size)
{
    char text[16384];
    off_t length = lseek(runtime_log, 0, SEEK_END);
    off_t from = length > (off_t) sizeof text - 1 ? length - (off_t) sizeof text + 1 : 0;
    ssize_t got = pread(runtime_log, text, sizeof text - 1, from);
    bool found = false;
    text[got > 0 ? got : 0] = '\0';
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        const char *message;
        int message_length;
        if ((strstr(line, "\"level\":\"error\"") || strstr(line, "\"level\": \"error\""))
            && (message_length = message_in(line, &message)) > 0 && (size_t) message_length + 3 < size) {
            snprintf(json, size, "\"%.*s\"", message_length, message);
            found = true;
        }
    }
    return found;
}

static void quote(const char *text, char *json, size_t size)
{
    size_t used = 0;
    json[used++] = '"';
    for (; *text && used + 8 < size; text++) {
        unsigned char c = (unsigned char) *text;
        if (c < 0x20 || c == '"' || c == '\\' || c >= 0x7f) {
            used += (size_t) snprintf(json + used, size - used, "\\u%04x", c);
        } else {
            json[used++] = (char) c;
        }
    }
    json[used++] = '"';
    json[used] = '\0';
}

/* A line as the runtime would write it. */
void runtime_log_error(int log, const char *words)
{
    char text[2048];
    quote(words, text, sizeof text);
    dprintf(log, "{\"level\":\"error\",\"msg\":%s}\n", text);
}

/* Why the runtime failed, as a JSON string: its last error-level log line, else what it wrote to stderr, else its status. */
void runtime_error(int status, char *json, size_t size)
{
    char text[2048];
    if (logged_error(json, size)) {
        return;
    }
    ssize_t got = output_peek_errors(text, sizeof text - 1);
    while (got > 0 && text[got - 1] == '\n') {
        got--;
    }
    text[got > 0 ? got : 0] = '\0';
    if (got <= 0) {
        snprintf(text, sizeof text, WIFSIGNALED(status) ? "%s: ended by signal %d" : "%s: ended with status %d",
            opt.runtime, WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
    }
    quote(text, json, size);
}
