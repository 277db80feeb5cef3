/* A connection, between its two halves: lines (server.c) and, after `attach`, the container's bytes (attach.c). */
#ifndef CLIENT_H
#define CLIENT_H

#include "monitor.h"

enum { LINE = 512 };

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

extern struct client clients[MAX_CLIENTS];

void client_reply(struct client *client, const char *text);
void client_begin_attach(struct client *client, const char *line);
void client_forget_output(struct client *client);
void client_retire(struct client *client);

#endif
