/* Making a container without the runtime: what it is to be, and the steps to it. README: "Making". */
#ifndef MAKE_H
#define MAKE_H

#include "enter.h"

struct mounting {
    const char *type, *source, *target, *data;
    unsigned long flags, propagation, attributes;
    int tree;    /* of a bind mount: a clone of its source */
    bool folder; /* what the clone is */
};

struct node {
    const char *path;
    mode_t mode; /* with its type */
    dev_t number;
    uid_t uid;
    gid_t gid;
};

struct link {
    const char *path, *target;
};

/* What --make says beside the process. Lists end with a NULL or are counted. */
struct making {
    const char *rootfs, *network, *hostname;
    const char **groups, **sysctls, **readonly, **masked;
    struct mounting *mounts;
    struct node *nodes;
    struct link *links;
    size_t group_count, sysctl_count, readonly_count, masked_count, mount_count, node_count, link_count;
    bool readonly_root;
};

/* making.c: the keys of a plan that are not the process's. */
bool making_prepare(struct making *making, size_t entries);
bool making_take(struct making *making, const char *key, char *value);

/* groups.c */
bool groups_join(const struct making *making);
void groups_remove(const struct making *making);

/* state.c: what is written down for those who enter later. */
bool state_write(const char *path, pid_t pid, const struct making *making);
void state_remove(const char *path);

/* split.c */
struct birth {
    const struct plan *plan;
    struct making *making; /* NULL: it enters what is there */
    int log, console;
    const char *words;     /* what failed if it does, for the log */
};
pid_t split(const struct birth *birth);

/* make.c */
void make(int log);

/* rootfs.c: in the container's first process, before it becomes what it is to be. */
bool rootfs_make(struct making *making);
bool rootfs_make_folders(const char *path, bool last);
bool rootfs_mount_console(void);
bool rootfs_finish(const struct making *making);

/* devices.c */
bool devices_make(const struct making *making);

#endif
