/* Connections: lines in, lines out. */
#include "client.h"

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

struct client clients[MAX_CLIENTS];

void client_reply(struct client *client, const char *text)
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
            client_reply(&clients[i], line);
        }
    }
}

static void watch(struct client *client)
{
    char line[4200];
    client->watching = true;
    life_describe(line, sizeof line);
    client_reply(client, line);
}

static void start(struct client *client)
{
    char line[128];
    const char *refusal = life_start();
    if (refusal) {
        snprintf(line, sizeof line, "failed \"%s\"\n", refusal);
        client_reply(client, line);
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
        client_begin_attach(client, line);
    } else if (sscanf(line, "resize %u %u", &rows, &columns) == 2) {
        console_resize(rows, columns);
        client_reply(client, "ok\n");
    } else if (sscanf(line, "kill %d", &signal) == 1) {
        client_reply(client, life_kill(signal) ? "ok\n" : "failed \"not running\"\n");
    } else if (strcmp(line, "close-stdin") == 0) {
        input_close();
        client_reply(client, "ok\n");
    } else if (strcmp(line, "reopen-log") == 0) {
        log_reopen();
        client_reply(client, "ok\n");
    } else if (strcmp(line, "quit") == 0) {
        client_reply(client, life_quit() ? "ok\n" : "failed \"running\"\n");
    } else {
        client_reply(client, "failed \"unknown command\"\n");
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
        client_reply(client, "failed \"line too long\"\n");
        client->gone = true;
    }
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
    read_commands(client);
    if (events & (EPOLLHUP | EPOLLERR)) {
        /* Nobody takes output any more; input that is still on its way is delivered first. */
        client_forget_output(client);
        client->gone |= !(client->attached && client->wants_in);
    }
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

/* The guard has the socket, too: those who wait in its backlog are let go by hand. */
static void refuse_waiting(void)
{
    int fd;
    shutdown(listener.fd, SHUT_RDWR);
    while ((fd = accept4(listener.fd, NULL, NULL, SOCK_CLOEXEC)) >= 0) {
        close(fd);
    }
}

void server_stop_listening(void)
{
    if (listener.fd >= 0) {
        unlink(opt.socket);
        refuse_waiting();
        loop_close(&listener);
    }
}

/* In the guard: a connection ends when nobody holds it any more. */
void server_forget_clients(void)
{
    for (int i = 0; i < MAX_CLIENTS; i++) {
        if (clients[i].source.fd >= 0) {
            loop_close(&clients[i].source);
            clients[i] = (struct client){.source = {.fd = -1}};
        }
    }
}

void server_close_commands(void)
{
    for (int i = 0; i < MAX_CLIENTS; i++) {
        if (clients[i].source.fd >= 0 && !clients[i].attached) {
            client_retire(&clients[i]);
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
