/*
 * caisson-init: the first process of a container that was asked for with --init. It starts the command, passes signals on to it,
 * reaps whatever loses its parent, and ends as the command ends. Usage: caisson-init [--] COMMAND [ARGUMENT ...]
 */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOT_EXECUTABLE = 126, NOT_FOUND = 127, BY_SIGNAL = 128 };

/* Faults are our own, not messages for the command. */
static const int own[] = {SIGFPE, SIGILL, SIGSEGV, SIGBUS, SIGABRT, SIGTRAP, SIGSYS};

/* In a process group of its own and, where there is a terminal, in its foreground: Ctrl-C is for the command only. */
static _Noreturn void run(char **command, const sigset_t *inherited)
{
    setpgid(0, 0);
    tcsetpgrp(0, getpid()); /* SIGTTOU is blocked */
    sigprocmask(SIG_SETMASK, inherited, NULL);
    execvp(command[0], command);
    int why = errno;
    dprintf(2, "docker-init: exec %s failed: %s\n", command[0], strerror(why));
    _exit(why == ENOENT ? NOT_FOUND : NOT_EXECUTABLE);
}

/* How the command ended, or -1 when it runs on. */
static int reap(pid_t child)
{
    int status, code = -1;
    pid_t pid;
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
        if (pid == child) {
            code = WIFSIGNALED(status) ? BY_SIGNAL + WTERMSIG(status) : WEXITSTATUS(status);
        }
    }
    return code;
}

static int mind(pid_t child, const sigset_t *passed)
{
    for (;;) {
        siginfo_t info;
        int number = sigwaitinfo(passed, &info);
        if (number == SIGCHLD) {
            int code = reap(child);
            if (code >= 0) {
                return code;
            }
        } else if (number > 0 && number != SIGTTIN && number != SIGTTOU) {
            kill(child, number);
        }
    }
}

int main(int argc, char **argv)
{
    sigset_t passed, inherited;
    int first = argc > 1 && strcmp(argv[1], "--") == 0 ? 2 : 1;
    if (first >= argc) {
        dprintf(2, "docker-init: no command\n");
        return 1;
    }
    sigfillset(&passed);
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        sigdelset(&passed, own[i]);
    }
    sigprocmask(SIG_SETMASK, &passed, &inherited);
    pid_t child = fork();
    if (child < 0) {
        dprintf(2, "docker-init: fork failed: %s\n", strerror(errno));
        return 1;
    }
    if (child == 0) {
        run(argv + first, &inherited);
    }
    return mind(child, &passed);
}
