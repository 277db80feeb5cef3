#include "monitor.h"

#include <sys/epoll.h>
#include <unistd.h>

static int epoll = -1;

void loop_open(void)
{
    epoll = epoll_create1(EPOLL_CLOEXEC);
    if (epoll < 0) {
        fail_errno("create", "epoll");
    }
}

/* Edge-triggered: the owner remembers readiness until a call says EAGAIN, so nothing is re-armed in the copy path. */
void loop_add(struct source *source, uint32_t events)
{
    struct epoll_event event = {.events = events | EPOLLET, .data.ptr = source};
    epoll_ctl(epoll, EPOLL_CTL_ADD, source->fd, &event);
}

/* Sources are static, so a later event of the same batch finds fd == -1 instead of freed memory. */
void loop_close(struct source *source)
{
    if (source->fd >= 0) {
        epoll_ctl(epoll, EPOLL_CTL_DEL, source->fd, NULL);
        close(source->fd);
        source->fd = -1;
    }
}

void loop_wait(int timeout_millis)
{
    struct epoll_event events[16];
    int count = epoll_wait(epoll, events, 16, timeout_millis);
    for (int i = 0; i < count; i++) {
        struct source *source = events[i].data.ptr;
        if (source->fd >= 0) {
            source->ready(source, events[i].events);
        }
    }
}
