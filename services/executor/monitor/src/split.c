/* The child of one that has prepared: it becomes the container's process, or says why not. */
#include "make.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { REPORT = 3, CONSOLE = 4, WORDS = 1024 };

/* Out of the way of the numbers that they are going to have. */
static void hold(int report, int console)
{
    int high = fcntl(report, F_DUPFD_CLOEXEC, CONSOLE + 1), high_console = fcntl(console, F_DUPFD_CLOEXEC, CONSOLE + 1);
    dup3(high, REPORT, O_CLOEXEC);
    if (console >= 0) {
        dup3(high_console, CONSOLE, O_CLOEXEC);
    }
    syscall(SYS_close_range, console >= 0 ? CONSOLE + 1U : REPORT + 1U, ~0U, 0U);
}

static bool make_surroundings(const struct birth *birth)
{
    struct making *making = birth->making;
    if (!making) {
        return true;
    }
    if (!rootfs_make(making)) {
        return false;
    }
    if (opt.tty && (!pty_make(CONSOLE, birth->plan->rows, birth->plan->columns) || !rootfs_mount_console())) {
        return wrong("the terminal cannot be made: %s", wrong_reason());
    }
    return rootfs_make_folders(birth->plan->cwd, true) && rootfs_finish(making);
}

static _Noreturn void be(const struct birth *birth, int report)
{
    hold(report, birth->console);
    if (make_surroundings(birth)) {
        become(birth->plan);
    }
    const char *words = wrong_words();
    ssize_t ignored = write(REPORT, words, strlen(words));
    (void) ignored;
    _exit(BY_PROCESS);
}

/* Its descriptor closes by itself when the process has become what it is to be. */
static bool has_become(int report, const struct birth *birth)
{
    char words[WORDS], text[2 * WORDS];
    ssize_t length = 0, got;
    while ((got = read(report, words + length, sizeof words - 1 - (size_t) length)) > 0) {
        length += got;
    }
    words[length] = '\0';
    snprintf(text, sizeof text, "%s: unable to start container process: %s", birth->words, words);
    if (length > 0) {
        runtime_log_error(birth->log, text);
    }
    return length == 0;
}

pid_t split(const struct birth *birth)
{
    int report[2];
    if (pipe2(report, O_CLOEXEC) < 0) {
        enter_refuse(BY_FORK);
    }
    pid_t pid = fork();
    if (pid < 0) {
        enter_refuse(BY_FORK);
    }
    if (pid == 0) {
        be(birth, report[1]);
    }
    close(report[1]);
    if (!has_become(report[0], birth)) {
        waitpid(pid, NULL, 0);
        enter_refuse(BY_PROCESS);
    }
    close(report[0]);
    return pid;
}
