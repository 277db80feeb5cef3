#include "enter.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/un.h>
#include <unistd.h>

enum { PTMX_MAJOR = 5, PTMX_MINOR = 2 };

/* The monitor, which waits for the terminal of whoever enters. */
int pty_dial(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    snprintf(address.sun_path, sizeof address.sun_path, "%s", console_path());
    if (fd >= 0 && connect(fd, (struct sockaddr *) &address, sizeof address) < 0) {
        close(fd);
        return -1;
    }
    return fd;
}

static bool send_descriptor(int to, int fd)
{
    union {
        struct cmsghdr header;
        char space[CMSG_SPACE(sizeof(int))];
    } control = {.header = {.cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS, .cmsg_len = CMSG_LEN(sizeof(int))}};
    struct iovec part = {.iov_base = "pty", .iov_len = 3};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.space, .msg_controllen = sizeof control.space};
    memcpy(CMSG_DATA(&control.header), &fd, sizeof fd);
    return sendmsg(to, &message, MSG_NOSIGNAL) == 3;
}

/* The container may have put anything in its place. */
static int open_multiplexer(void)
{
    struct stat stat;
    int fd = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
    if (fd >= 0 && (fstat(fd, &stat) < 0 || !S_ISCHR(stat.st_mode) || stat.st_rdev != makedev(PTMX_MAJOR, PTMX_MINOR))) {
        close(fd);
        return -1;
    }
    return fd;
}

/* A terminal of the container's own as stdio; the other end goes to the monitor, and we hold neither that nor the connection. */
bool pty_make(int monitor, unsigned rows, unsigned columns)
{
    int lock = 0;
    struct winsize size = {.ws_row = (unsigned short) rows, .ws_col = (unsigned short) columns};
    int master = open_multiplexer();
    if (master < 0 || ioctl(master, TIOCSPTLCK, &lock) < 0) {
        return false;
    }
    fcntl(master, F_SETFL, O_RDWR);
    int slave = ioctl(master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (slave < 0 || (rows && columns && ioctl(master, TIOCSWINSZ, &size) < 0) || !send_descriptor(monitor, master)) {
        return false;
    }
    close(master);
    close(monitor);
    bool placed = dup2(slave, 0) == 0 && dup2(slave, 1) == 1 && dup2(slave, 2) == 2;
    close(slave);
    return placed;
}
