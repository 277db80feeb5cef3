#include "monitor.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* The launcher: waits for one line from the monitor. Empty = ready, anything else = why not. */
static int await_ready(int fd)
{
    char line[1024];
    ssize_t got, length = 0;
    while ((got = read(fd, line + length, sizeof line - (size_t) length)) > 0) {
        length += got;
    }
    if (length == 1 && line[0] == '\n') {
        return 0;
    }
    if (length == 0) {
        length = snprintf(line, sizeof line, "the monitor died before it was ready\n");
    }
    ssize_t ignored = write(2, line, (size_t) length);
    (void) ignored;
    return 1;
}

/* Out of the way of the numbers they are going to have. */
static int keep(int fd, int number)
{
    int copy = fcntl(fd, F_DUPFD_CLOEXEC, 16);
    if (copy < 0 || dup3(copy, number, O_CLOEXEC) < 0) {
        fail_errno("keep descriptor", opt.socket);
    }
    return number;
}

static void let_go_of_launcher(int ready)
{
    int null = open("/dev/null", O_RDWR);
    int high = fcntl(ready, F_DUPFD_CLOEXEC, 16);
    for (int fd = 0; fd < 3; fd++) {
        dup2(null, fd);
    }
    if (opt.listen_fd >= 0) {
        opt.listen_fd = keep(opt.listen_fd, 4);
    }
    dup3(high, 3, O_CLOEXEC);
    syscall(SYS_close_range, opt.listen_fd >= 0 ? 5U : 4U, ~0U, 0U);
    failure_report_to(3);
    umask(022);
    if (chdir("/") < 0) {
        fail_errno("change to", "/");
    }
    prctl(PR_SET_NAME, "caisson-monitor");
    prctl(PR_SET_CHILD_SUBREAPER, 1);
}

static void become_ready(void)
{
    char pid[16];
    snprintf(pid, sizeof pid, "%d\n", getpid());
    if (!file_write(opt.monitor_pid_file, pid, false)) {
        fail_errno("write", opt.monitor_pid_file);
    }
    ssize_t ignored = write(3, "\n", 1);
    (void) ignored;
    close(3);
    failure_report_to(-1); /* its number will soon be another descriptor's */
}

static _Noreturn void monitor(int ready)
{
    let_go_of_launcher(ready);
    loop_open();
    life_begin();
    runtime_prepare();
    keeper_prepare();
    log_open();
    namespaces_enter();
    mounts_make();
    runtime_make_pipes();
    output_prepare();
    server_listen();
    become_ready();
    if (keeper_split()) {
        life_resume();
    }
    life_run();
    _exit(0);
}

int main(int argc, char **argv)
{
    int ready[2];
    options_parse(argc, argv);
    if ((opt.enter || opt.make) && !sealed_program(argv)) {
        opt.enter = opt.make = NULL;
    }
    if (pipe2(ready, O_CLOEXEC) < 0) {
        fail_errno("create", "pipe");
    }
    pid_t session = fork();
    if (session < 0) {
        fail_errno("fork", "the monitor");
    }
    if (session == 0) {
        setsid();
        pid_t pid = fork();
        if (pid == 0) {
            monitor(ready[1]);
        }
        _exit(pid < 0);
    }
    close(ready[1]);
    while (waitpid(session, NULL, 0) < 0 && errno == EINTR) {
    }
    return await_ready(ready[0]);
}
