#include "make.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

static bool bits(const char *text, unsigned long *value)
{
    char *end;
    *value = strtoul(text, &end, 16);
    return end != text && !*end;
}

/* Each list is as long as all lists can be together. */
bool making_prepare(struct making *making, size_t entries)
{
    *making = (struct making){0};
    making->groups = calloc(entries, sizeof(char *));
    making->sysctls = calloc(entries, sizeof(char *));
    making->readonly = calloc(entries, sizeof(char *));
    making->masked = calloc(entries, sizeof(char *));
    making->mounts = calloc(entries, sizeof(struct mounting));
    making->nodes = calloc(entries, sizeof(struct node));
    making->links = calloc(entries, sizeof(struct link));
    return making->groups && making->sysctls && making->readonly && making->masked && making->mounts && making->nodes
        && making->links;
}

/* "c 1 3 666 0 0 /dev/null": type, numbers, permissions in octal, owner, group, path. */
static bool node(struct making *making, const char *text)
{
    char type;
    unsigned major, minor, permissions, uid, gid;
    int path = 0;
    if (sscanf(text, "%c %u %u %o %u %u %n", &type, &major, &minor, &permissions, &uid, &gid, &path) < 6 || text[path] != '/') {
        return false;
    }
    making->nodes[making->node_count++] = (struct node){
        .path = text + path,
        .mode = permissions | (type == 'b' ? S_IFBLK : type == 'p' ? S_IFIFO : S_IFCHR),
        .number = makedev(major, minor),
        .uid = uid,
        .gid = gid,
    };
    return type == 'b' || type == 'p' || type == 'c';
}

/* The last mount that was begun is the one that is meant. */
static bool of_mount(struct making *making, const char *key, const char *value)
{
    struct mounting *mount = making->mounts + making->mount_count - 1;
    if (making->mount_count == 0) {
        return false;
    }
    if (strcmp(key, "source") == 0) {
        mount->source = value;
    } else if (strcmp(key, "target") == 0) {
        mount->target = value;
        return *value == '/' && strlen(value) < PATH_MAX;
    } else if (strcmp(key, "data") == 0) {
        mount->data = value;
    } else if (strcmp(key, "flags") == 0) {
        return bits(value, &mount->flags);
    } else if (strcmp(key, "attributes") == 0) {
        return bits(value, &mount->attributes);
    } else if (strcmp(key, "propagation") == 0) {
        return bits(value, &mount->propagation);
    } else {
        return false;
    }
    return true;
}

bool making_take(struct making *making, const char *key, char *value)
{
    if (strcmp(key, "rootfs") == 0) {
        making->rootfs = value;
    } else if (strcmp(key, "network") == 0) {
        making->network = value;
    } else if (strcmp(key, "hostname") == 0) {
        making->hostname = value;
    } else if (strcmp(key, "readonly-root") == 0) {
        making->readonly_root = true;
    } else if (strcmp(key, "cgroup") == 0) {
        making->groups[making->group_count++] = value;
    } else if (strcmp(key, "sysctl") == 0) {
        making->sysctls[making->sysctl_count++] = value;
        return strchr(value, '=') != NULL;
    } else if (strcmp(key, "readonly") == 0) {
        making->readonly[making->readonly_count++] = value;
    } else if (strcmp(key, "mask") == 0) {
        making->masked[making->masked_count++] = value;
    } else if (strcmp(key, "device") == 0) {
        return node(making, value);
    } else if (strcmp(key, "link") == 0) {
        making->links[making->link_count++].path = value;
    } else if (strcmp(key, "to") == 0) {
        return making->link_count > 0 && (making->links[making->link_count - 1].target = value);
    } else if (strcmp(key, "mount") == 0) {
        making->mounts[making->mount_count++] = (struct mounting){.type = value, .tree = -1};
    } else {
        return of_mount(making, key, value);
    }
    return true;
}
