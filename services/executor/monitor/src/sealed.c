/*
 * A process that enters a container can be seen there, and so can the file it was started from (/proc/PID/exe): it has to be one
 * that nobody can write to. Who launches us may have started us from one.
 */
#include "monitor.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef MFD_EXEC
#define MFD_EXEC 0x0010U
#endif

enum { SEALS = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE };

static int memory_file(void)
{
    int fd = memfd_create("caisson-monitor", MFD_CLOEXEC | MFD_ALLOW_SEALING | MFD_EXEC);
    return fd >= 0 || errno != EINVAL ? fd : memfd_create("caisson-monitor", MFD_CLOEXEC | MFD_ALLOW_SEALING);
}

static int copy_of(int file)
{
    struct stat stat;
    int copy = memory_file();
    if (copy < 0 || fstat(file, &stat) < 0) {
        return -1;
    }
    off_t left = stat.st_size;
    while (left > 0) {
        ssize_t sent = sendfile(copy, file, NULL, (size_t) left);
        if (sent <= 0) {
            return -1;
        }
        left -= sent;
    }
    return fcntl(copy, F_ADD_SEALS, SEALS) < 0 ? -1 : copy;
}

/* True in a process whose program cannot be changed; where that cannot be had, entering is the runtime's business. */
bool sealed_program(char **argv)
{
    int file = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    int seals = file < 0 ? -1 : fcntl(file, F_GET_SEALS);
    if (seals >= 0 && (seals & SEALS) == SEALS) {
        close(file);
        return true;
    }
    int copy = file < 0 ? -1 : copy_of(file);
    if (copy >= 0) {
        fexecve(copy, argv, environ);
        close(copy);
    }
    close(file);
    return false;
}
