#include "make.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct link standard[] = {
    {"/dev/fd", "/proc/self/fd"},
    {"/dev/stdin", "/proc/self/fd/0"},
    {"/dev/stdout", "/proc/self/fd/1"},
    {"/dev/stderr", "/proc/self/fd/2"},
};

static bool make_node(const struct node *node)
{
    if (!rootfs_make_folders(node->path, false)) {
        return false;
    }
    if (mknod(node->path, node->mode, node->number) < 0) {
        return errno == EEXIST || wrong("make device %s: %s", node->path, wrong_reason());
    }
    return chown(node->path, node->uid, node->gid) == 0 || wrong("own device %s: %s", node->path, wrong_reason());
}

static bool make_link(const struct link *link)
{
    return symlink(link->target, link->path) == 0 || errno == EEXIST || wrong("link %s: %s", link->path, wrong_reason());
}

static bool make_links(const struct making *making)
{
    for (size_t i = 0; i < sizeof standard / sizeof *standard; i++) {
        if (!make_link(standard + i)) {
            return false;
        }
    }
    for (size_t i = 0; i < making->link_count; i++) {
        if (!make_link(making->links + i)) {
            return false;
        }
    }
    static const struct link core = {"/dev/core", "/proc/kcore"};
    return access(core.target, F_OK) < 0 || make_link(&core);
}

/* The multiplexer is the one of the container's own devpts. */
static bool make_multiplexer(void)
{
    static const struct link multiplexer = {"/dev/ptmx", "pts/ptmx"};
    return (unlink(multiplexer.path) == 0 || errno == ENOENT) && make_link(&multiplexer);
}

bool devices_make(const struct making *making)
{
    mode_t before = umask(0);
    bool made = true;
    for (size_t i = 0; made && i < making->node_count; i++) {
        made = make_node(making->nodes + i);
    }
    umask(before);
    return made && make_multiplexer() && make_links(making);
}
