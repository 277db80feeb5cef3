#include "monitor.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int report = 2;

void failure_report_to(int fd)
{
    report = fd;
}

void fail(const char *format, ...)
{
    char line[1024];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(line, sizeof line - 1, format, arguments);
    va_end(arguments);
    if (length > (int) sizeof line - 2) {
        length = sizeof line - 2;
    }
    line[length] = '\n';
    ssize_t ignored = write(report, line, (size_t) length + 1);
    (void) ignored;
    server_stop_listening();
    console_close();
    if (opt.monitor_pid_file && report != 2) {
        unlink(opt.monitor_pid_file);
    }
    _exit(1);
}

void fail_errno(const char *what, const char *path)
{
    fail("%s %s: %s", what, path, strerror(errno));
}
