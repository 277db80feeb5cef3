/* After `attach`: frames out, input in. */
#include "client.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

enum { SEND_BUFFER = 512 * 1024 };

void client_begin_attach(struct client *client, const char *line)
{
    if (!strstr(line, " reply=0")) {
        client_reply(client, "ok\n");
        client->gone = false; /* who has left already may have left input */
    }
    client->attached = true;
    client->wants_in = opt.stdin_open && strstr(line, " stdin=1") != NULL;
    client->wants_out = strstr(line, " stdout=1") != NULL;
    client->wants_err = strstr(line, " stderr=1") != NULL;
    client->writable = true;
    client->leaving = life_has_ended();
    client->position = SIZE_MAX; /* from the next frame on; attach_send knows where that is */
    int size = SEND_BUFFER;
    setsockopt(client->source.fd, SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof size);
}

void client_forget_output(struct client *client)
{
    client->wants_out = client->wants_err = false;
    client->position += client->left;
    client->left = 0;
}

/* Unread input would turn the peer's end of file into a connection reset: refuse more, then throw it away. */
void client_retire(struct client *client)
{
    char scrap[4096];
    shutdown(client->source.fd, SHUT_RDWR);
    while (recv(client->source.fd, scrap, sizeof scrap, MSG_DONTWAIT) > 0) {
    }
    loop_close(&client->source);
    client->attached = client->watching = false;
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
            client_forget_output(client);
            client->gone |= !client->wants_in;
        }
    }
}

void attach_send(const unsigned char *frames, size_t used)
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
            client_retire(client);
        }
    }
}

bool attach_caught_up(size_t used)
{
    for (int i = 0; i < MAX_CLIENTS; i++) {
        if (clients[i].source.fd >= 0 && clients[i].attached && clients[i].position < used) {
            return false;
        }
    }
    return true;
}

void attach_restart_frames(void)
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
ssize_t attach_take_input(unsigned char *buffer, size_t size)
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

void attach_output_complete(void)
{
    for (int i = 0; i < MAX_CLIENTS; i++) {
        clients[i].leaving |= clients[i].source.fd >= 0 && clients[i].attached;
    }
}
