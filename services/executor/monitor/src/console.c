#include "monitor.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static char path[sizeof ((struct sockaddr_un *) 0)->sun_path];
static struct winsize wanted_size;
static int terminal = -1;

static void on_ready(struct source *source, uint32_t events)
{
    (void) source;
    (void) events;
    if (!enter_is_wanted()) { /* who enters hands it over before it is certain that it runs */
        console_accept();
    }
}

static struct source listener = {.fd = -1, .ready = on_ready};

const char *console_path(void)
{
    return path;
}

void console_listen(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(path, sizeof path, "%s.tty", opt.socket);
    memcpy(address.sun_path, path, sizeof path);
    unlink(path);
    listener.fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (listener.fd < 0 || bind(listener.fd, (struct sockaddr *) &address, sizeof address) < 0
        || chmod(path, 0600) < 0 || listen(listener.fd, 1) < 0) {
        fail_errno("listen on", path);
    }
    loop_add(&listener, EPOLLIN);
}

void console_close(void)
{
    if (listener.fd >= 0) {
        loop_close(&listener);
        unlink(path);
    }
}

static int receive_descriptor(int connection)
{
    char name[4096];
    union {
        struct cmsghdr header;
        char space[CMSG_SPACE(sizeof(int))];
    } control;
    struct iovec part = {.iov_base = name, .iov_len = sizeof name};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.space, .msg_controllen = sizeof control.space};
    if (recvmsg(connection, &message, MSG_CMSG_CLOEXEC) < 0) {
        return -1;
    }
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    if (!header || header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) {
        return -1;
    }
    int fd;
    memcpy(&fd, CMSG_DATA(header), sizeof fd);
    return fd;
}

/* Called when the runtime connects, and once more when it ended, so the terminal is known before any output is read. */
void console_accept(void)
{
    int connection = listener.fd < 0 ? -1 : accept4(listener.fd, NULL, NULL, SOCK_CLOEXEC);
    if (connection < 0) {
        return;
    }
    int fd = receive_descriptor(connection);
    close(connection);
    console_close();
    if (fd < 0) {
        return;
    }
    keeper_share_terminal(fd);
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
    if (wanted_size.ws_row || wanted_size.ws_col) {
        ioctl(fd, TIOCSWINSZ, &wanted_size);
    }
    console_adopt(fd);
}

void console_adopt(int fd)
{
    terminal = fd;
    output_use_terminal(fd);
    input_use_terminal(fd);
}

/* Remembered when the terminal does not exist yet. The kernel tells the foreground processes (SIGWINCH). */
void console_resize(unsigned rows, unsigned columns)
{
    wanted_size.ws_row = (unsigned short) rows;
    wanted_size.ws_col = (unsigned short) columns;
    if (terminal >= 0) {
        ioctl(terminal, TIOCSWINSZ, &wanted_size);
    }
}
