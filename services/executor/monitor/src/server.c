/* Connections: lines in, lines out; after `attach` a connection carries the container's bytes instead. */
#include "monitor.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { LINE = 512, SEND_BUFFER = 512 * 1024 };

struct client {
    struct source source;
    bool watching, attached, wants_in, wants_out, wants_err;
    bool readable, writable, gone;
    bool leaving;       /* close it as soon as it has taken what is in the buffer */
    size_t position;    /* in the frame buffer */
    size_t left;        /* of the frame it is in the middle of */
    char line[LINE];    /* a command still without its end; after attach: early input */
    size_t line_size;
};

static struct client clients[MAX_CLIENTS];

static void reply(struct client *client, const char *text)
{
    size_t length = strlen(text);
    if (send(client->source.fd, text, length, MSG_NOSIGNAL | MSG_DONTWAIT) != (ssize_t) length) {
        client->gone = true;
    }
}

void server_announce(const char *line)
{
    for (int i = 0; i < MAX_CLIENTS; i++) {
        if (clients[i].source.fd >= 0 && clients[i].watching) {
            reply(&clients[i], line);
        }
    }
}

static void begin_attach(struct client *client, const char *line)
{
    reply(client, "ok\n");
    client->attached = true;
    client->wants_in = opt.stdin_open && strstr(line, " stdin=1") != NULL;
    client->wants_out = strstr(line, " stdout=1") != NULL;
    client->wants_err = strstr(line, " stderr=1") != NULL;
    client->writable = true;
    client->leaving = life_has_ended();
    client->position = SIZE_MAX; /* from the next frame on; server_send knows where that is */
    int size = SEND_BUFFER;
    setsockopt(client->source.fd, SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof size);
}

static void watch(struct client *client)
{
    char line[4200];
    client->watching = true;
    life_describe(line, sizeof line);
    reply(client, line);
}

static void start(struct client *client)
{
    char line[128];
    const char *refusal = life_start();
    if (refusal) {
        snprintf(line, sizeof line, "failed \"%s\"\n", refusal);
        reply(client, line);
    } else {
        client->watching = true;
    }
}

static void obey(struct client *client, const char *line)
{
    unsigned rows, columns;
    int signal;
    if (strcmp(line, "start") == 0) {
        start(client);
    } else if (strcmp(line, "watch") == 0) {
        watch(client);
    } else if (strncmp(line, "attach", 6) == 0) {
        begin_attach(client, line);
    } else if (sscanf(line, "resize %u %u", &rows, &columns) == 2) {
        console_resize(rows, columns);
        reply(client, "ok\n");
    } else if (sscanf(line, "kill %d", &signal) == 1) {
        reply(client, life_kill(signal) ? "ok\n" : "failed \"not running\"\n");
    } else if (strcmp(line, "close-stdin") == 0) {
        input_close();
        reply(client, "ok\n");
    } else if (strcmp(line, "reopen-log") == 0) {
        log_reopen();
        reply(client, "ok\n");
    } else if (strcmp(line, "quit") == 0) {
        reply(client, life_quit() ? "ok\n" : "failed \"running\"\n");
    } else {
        reply(client, "failed \"unknown command\"\n");
    }
}

static void obey_lines(struct client *client)
{
    char *end;
    while (!client->attached && (end = memchr(client->line, '\n', client->line_size))) {
        char line[LINE];
        size_t length = (size_t) (end - client->line);
        memcpy(line, client->line, length);
        line[length] = '\0';
        client->line_size -= length + 1;
        memmove(client->line, end + 1, client->line_size);
        obey(client, line);
    }
    if (!client->attached && client->line_size == LINE) {
        reply(client, "failed \"line too long\"\n");
        client->gone = true;
    }
}

static void forget_output(struct client *client)
{
    client->wants_out = client->wants_err = false;
    client->position += client->left;
    client->left = 0;
}

static void read_commands(struct client *client)
{
    while (!client->attached && !client->gone && client->readable) {
        ssize_t got = recv(client->source.fd, client->line + client->line_size, LINE - client->line_size, MSG_DONTWAIT);
        if (got > 0) {
            client->line_size += (size_t) got;
            obey_lines(client);
        } else {
            client->readable = got < 0 && errno == EINTR;
            client->gone |= got < 0 && errno != EAGAIN && errno != EINTR;
        }
    }
}

static void on_client(struct source *source, uint32_t events)
{
    struct client *client = (struct client *) source;
    client->readable |= (events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP)) != 0;
    client->writable |= (events & EPOLLOUT) != 0;
    if (events & (EPOLLHUP | EPOLLERR)) {
        /* Nobody takes output any more; input that is still on its way is delivered first. */
        forget_output(client);
        client->gone |= !(client->attached && client->wants_in);
    }
    read_commands(client);
}

static void on_connection(struct source *listener, uint32_t events)
{
    int fd;
    (void) events;
    while ((fd = accept4(listener->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK)) >= 0) {
        struct client *client = clients;
        while (client < clients + MAX_CLIENTS && client->source.fd >= 0) {
            client++;
        }
        if (client == clients + MAX_CLIENTS) {
            close(fd); /* bounded: the caller sees its connection end without a reply */
            continue;
        }
        *client = (struct client){.source = {.fd = fd, .ready = on_client}};
        loop_add(&client->source, EPOLLIN | EPOLLOUT | EPOLLRDHUP);
    }
}

static struct source listener = {.fd = -1, .ready = on_connection};

/* True when somebody answers at the address: then it is not ours to take. */
static bool is_served(const struct sockaddr_un *address)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool served = fd >= 0 && connect(fd, (const struct sockaddr *) address, sizeof *address) == 0;
    close(fd);
    return served;
}

static int bind_socket(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strcpy(address.sun_path, opt.socket);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (is_served(&address)) {
        fail("another monitor listens on %s", opt.socket);
    }
    unlink(opt.socket);
    if (fd < 0 || bind(fd, (struct sockaddr *) &address, sizeof address) < 0) {
        fail_errno("bind", opt.socket);
    }
    if (chmod(opt.socket, 0600) < 0 || listen(fd, 64) < 0) {
        fail_errno("listen on", opt.socket);
    }
    return fd;
}

/* An inherited socket may have connections waiting already: they are taken in their order. */
static int inherited_socket(void)
{
    if (fcntl(opt.listen_fd, F_SETFL, O_NONBLOCK) < 0) {
        fail_errno("listen on", opt.socket);
    }
    return opt.listen_fd;
}

void server_listen(void)
{
    for (int i = 0; i < MAX_CLIENTS; i++) {
        clients[i].source.fd = -1;
    }
    listener.fd = opt.listen_fd >= 0 ? inherited_socket() : bind_socket();
    loop_add(&listener, EPOLLIN);
}

void server_stop_listening(void)
{
    if (listener.fd >= 0) {
        loop_close(&listener);
        unlink(opt.socket);
    }
}

static size_t frame_size(const unsigned char *header)
{
    return (size_t) header[4] << 24 | (size_t) header[5] << 16 | (size_t) header[6] << 8 | header[7];
}

/* At a frame's start: step over it, or over its header, or nowhere. */
static void enter_frame(struct client *client, const unsigned char *header)
{
    size_t size = frame_size(header);
    if (!(header[0] == STREAM_ERR ? client->wants_err : client->wants_out)) {
        client->position += FRAME_HEADER + size;
    } else if (opt.tty) {
        client->position += FRAME_HEADER;
        client->left = size;
    } else {
        client->left = FRAME_HEADER + size;
    }
}

static void send_frames(struct client *client, const unsigned char *frames, size_t used)
{
    while (client->position < used && client->writable && !client->gone) {
        if (client->left == 0) {
            enter_frame(client, frames + client->position);
            continue;
        }
        ssize_t put = send(client->source.fd, frames + client->position, client->left, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (put >= 0) {
            client->position += (size_t) put;
            client->left -= (size_t) put;
        } else if (errno == EAGAIN) {
            client->writable = false;
        } else if (errno != EINTR) {
            forget_output(client);
            client->gone |= !client->wants_in;
        }
    }
}

/* Unread input would turn the peer's end of file into a connection reset: refuse more, then throw it away. */
static void retire(struct client *client)
{
    char scrap[4096];
    shutdown(client->source.fd, SHUT_RDWR);
    while (recv(client->source.fd, scrap, sizeof scrap, MSG_DONTWAIT) > 0) {
    }
    loop_close(&client->source);
    client->attached = client->watching = false;
}

void server_send(const unsigned char *frames, size_t used)
{
    for (int i = 0; i < MAX_CLIENTS; i++) {
        struct client *client = &clients[i];
        if (client->source.fd < 0) {
            continue;
        }
        if (client->attached) {
            client->position = client->position == SIZE_MAX ? used : client->position;
            send_frames(client, frames, used);
        }
        if (client->gone || (client->leaving && client->position >= used)) {
            retire(client);
        }
    }
}

bool server_caught_up(size_t used)
{
    for (int i = 0; i < MAX_CLIENTS; i++) {
        if (clients[i].source.fd >= 0 && clients[i].attached && clients[i].position < used) {
            return false;
        }
    }
    return true;
}

void server_restart_frames(void)
{
    for (int i = 0; i < MAX_CLIENTS; i++) {
        clients[i].position = 0;
    }
}

/* As Docker does: input's end is the container's end of input with --stdin-once, and the end of the attachment without. */
static void input_ended(struct client *client)
{
    client->wants_in = false;
    if (opt.stdin_once && !opt.tty) {
        input_close();
        client->gone |= !client->wants_out && !client->wants_err;
    } else {
        client->leaving = true;
    }
}

static ssize_t take_early(struct client *client, unsigned char *buffer)
{
    size_t size = client->line_size;
    memcpy(buffer, client->line, size);
    client->line_size = 0;
    return (ssize_t) size;
}

/* Up to size (at least LINE) bytes of input from any client; 0 or less when nobody has any now. */
ssize_t server_take_input(unsigned char *buffer, size_t size)
{
    for (int i = 0; i < MAX_CLIENTS; i++) {
        struct client *client = &clients[i];
        if (client->source.fd < 0 || !client->attached || !client->wants_in) {
            continue;
        }
        if (client->line_size > 0) {
            return take_early(client, buffer);
        }
        if (!client->readable) {
            continue;
        }
        ssize_t got = recv(client->source.fd, buffer, size, MSG_DONTWAIT);
        if (got > 0) {
            return got;
        }
        if (got < 0 && errno == EAGAIN) {
            client->readable = false;
        } else {
            input_ended(client);
        }
    }
    return 0;
}

void server_output_complete(void)
{
    for (int i = 0; i < MAX_CLIENTS; i++) {
        clients[i].leaving |= clients[i].source.fd >= 0 && clients[i].attached;
    }
}

void server_close_commands(void)
{
    for (int i = 0; i < MAX_CLIENTS; i++) {
        if (clients[i].source.fd >= 0 && !clients[i].attached) {
            retire(&clients[i]);
        }
    }
}

bool server_has_clients(void)
{
    for (int i = 0; i < MAX_CLIENTS; i++) {
        if (clients[i].source.fd >= 0) {
            return true;
        }
    }
    return false;
}
