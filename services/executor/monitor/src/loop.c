#include "monitor.h"

#include <sys/epoll.h>
#include <unistd.h>

enum { MAX_SOURCES = MAX_CLIENTS + 16 };

/* What is waited for: a process that takes over waits for the same. */
static struct {
    struct source *source;
    uint32_t events;
} watched[MAX_SOURCES];
static int count;
static int epoll = -1;

static void wait_for(struct source *source, uint32_t events)
{
    struct epoll_event event = {.events = events | EPOLLET, .data.ptr = source};
    epoll_ctl(epoll, EPOLL_CTL_ADD, source->fd, &event);
}

void loop_open(void)
{
    epoll = epoll_create1(EPOLL_CLOEXEC);
    if (epoll < 0) {
        fail_errno("create", "epoll");
    }
}

/* In a process of its own: the set is not to be shared with the one it was forked from. */
void loop_reopen(void)
{
    loop_shut();
    loop_open();
    for (int i = 0; i < count; i++) {
        wait_for(watched[i].source, watched[i].events);
    }
}

void loop_shut(void)
{
    if (epoll >= 0) {
        close(epoll);
        epoll = -1;
    }
}

static int place_of(const struct source *source)
{
    int i = 0;
    while (i < count && watched[i].source != source) {
        i++;
    }
    return i;
}

/* Edge-triggered: the owner remembers readiness until a call says EAGAIN, so nothing is re-armed in the copy path. */
void loop_add(struct source *source, uint32_t events)
{
    int place = place_of(source);
    if (place == MAX_SOURCES) {
        return; /* more than there are */
    }
    count = place == count ? count + 1 : count;
    watched[place].source = source;
    watched[place].events = events;
    if (epoll >= 0) {
        wait_for(source, events);
    }
}

/* Sources are static, so a later event of the same batch finds fd == -1 instead of freed memory. */
void loop_close(struct source *source)
{
    int place = place_of(source);
    if (place < count) {
        watched[place] = watched[--count];
    }
    if (source->fd >= 0) {
        if (epoll >= 0) {
            epoll_ctl(epoll, EPOLL_CTL_DEL, source->fd, NULL);
        }
        close(source->fd);
        source->fd = -1;
    }
}

void loop_wait(int timeout_millis)
{
    struct epoll_event events[16];
    int ready = epoll_wait(epoll, events, 16, timeout_millis);
    for (int i = 0; i < ready; i++) {
        struct source *source = events[i].data.ptr;
        if (source->fd >= 0) {
            source->ready(source, events[i].events);
        }
    }
}
