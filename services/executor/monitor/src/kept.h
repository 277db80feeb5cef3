/* What both processes of one container share, so that either can go on where the other was killed. */
#ifndef KEPT_H
#define KEPT_H

#include "monitor.h"

enum phase {
    CREATED,   /* nothing runs yet */
    STARTING,  /* the runtime is at work */
    RUNNING,
    DRAINING,  /* the process has ended; its output has not, the runtime deletes */
    ENDED,     /* everybody knows; the runtime may still be deleting */
    LINGERING, /* all is cleaned up; attached clients take their last bytes */
    OVER
};

enum {
    FRAME = 64 * 1024,
    PIPE = 1024 * 1024,
    LIMIT_RUNNING = 3 * (FRAME + FRAME_HEADER),
    LIMIT_ENDED = 2 * PIPE + 2 * (FRAME + FRAME_HEADER),
    ENTRY = 16 * 1024
};

struct line {
    bool continued; /* an earlier part of this line is in the log already */
    int64_t time;   /* of its first part, nanoseconds since 1970 */
    size_t size;
    unsigned char data[ENTRY];
};

/* How far the log has come. Two of them, so that one is always whole: `current` flips when the other one is. */
struct logged {
    off_t size;           /* of the file: what is behind it was not finished */
    ino_t file;
    unsigned long flight; /* the last one that was taken up */
    size_t taken;         /* bytes of it */
    struct line lines[2];
};

/* Output on its way from the container to the log. */
struct flight {
    unsigned long number; /* written last */
    int stream;
    size_t at, size;      /* its payload in the frame buffer */
};

struct kept {
    volatile enum phase phase;
    volatile pid_t process;
    volatile pid_t reaper;  /* whose child the process is; 0: of neither any more */
    volatile pid_t worker;
    volatile pid_t entered; /* the process, where no runtime was asked */
    volatile bool status_known;
    int status;             /* as waitpid tells it */
    struct outcome outcome; /* from DRAINING on */
    char failure[4160];     /* set: it never ran, and why */
    bool input_closed;
    struct flight flight;
    volatile int current;
    struct logged logged[2];
    unsigned char frames[LIMIT_ENDED + FRAME]; /* pages beyond the running limit are untouched until the end */
};
extern struct kept *kept;

/* What was said before is seen by the other process before what is said after. */
static inline void settle(void)
{
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
}

#endif
