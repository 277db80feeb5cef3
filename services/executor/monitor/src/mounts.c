#include "monitor.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <unistd.h>

static int host_network = -1;

/* For the runtime: it runs in the host's network namespace and joins ours by path, else it refuses net.* sysctls. */
int namespaces_host_network(void)
{
    return host_network;
}

static void bring_loopback_up(void)
{
    struct ifreq request = {.ifr_name = "lo", .ifr_flags = IFF_UP | IFF_RUNNING};
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || ioctl(fd, SIOCSIFFLAGS, &request) < 0) {
        fail_errno("bring up", "lo");
    }
    close(fd);
}

/* A clone taken before we become a slave stays a peer of the host's mount: what the container mounts below reaches it. */
static void take_shared_mounts(int fds[])
{
    for (int i = 0; i < opt.shared_mount_count; i++) {
        fds[i] = open_tree(AT_FDCWD, opt.shared_mounts[i], OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE);
        if (fds[i] < 0) {
            fail_errno("clone mount", opt.shared_mounts[i]);
        }
    }
}

static void place_shared_mounts(const int fds[])
{
    for (int i = 0; i < opt.shared_mount_count; i++) {
        if (move_mount(fds[i], "", AT_FDCWD, opt.shared_mounts[i], MOVE_MOUNT_F_EMPTY_PATH) < 0) {
            fail_errno("place mount", opt.shared_mounts[i]);
        }
        close(fds[i]);
    }
}

/* Another container's /dev/shm over ours: it can only be cloned from within the other's mount namespace. */
static void take_shared_memory(void)
{
    if (!opt.shared_memory_of) {
        return;
    }
    int own = open("/proc/self/ns/mnt", O_RDONLY | O_CLOEXEC);
    int other = open(opt.shared_memory_of, O_RDONLY | O_CLOEXEC);
    if (own < 0 || other < 0 || setns(other, CLONE_NEWNS) < 0) {
        fail_errno("join", opt.shared_memory_of);
    }
    int tree = open_tree(AT_FDCWD, "/dev/shm", OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_SYMLINK_NOFOLLOW);
    int error = errno;
    if (setns(own, CLONE_NEWNS) < 0) {
        fail_errno("come back from", opt.shared_memory_of);
    }
    errno = error;
    if (tree < 0 || move_mount(tree, "", AT_FDCWD, "/dev/shm", MOVE_MOUNT_F_EMPTY_PATH) < 0) {
        fail_errno("share", "/dev/shm");
    }
    close(tree);
    close(other);
    close(own);
}

void namespaces_enter(void)
{
    if (opt.process) {
        return;
    }
    if (opt.new_netns) {
        host_network = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
        if (host_network < 0 || unshare(CLONE_NEWNET) < 0) {
            fail_errno("create", "network namespace");
        }
        bring_loopback_up();
    }
    int shared[MAX_REPEATED];
    if (unshare(CLONE_NEWNS) < 0) {
        fail_errno("create", "mount namespace");
    }
    take_shared_mounts(shared);
    /* Slave: the host's later mounts reach us, ours never reach the host. */
    if (mount(NULL, "/", NULL, MS_REC | MS_SLAVE, NULL) < 0) {
        fail_errno("make slave", "/");
    }
    place_shared_mounts(shared);
    take_shared_memory();
}

void namespaces_leave_network(void)
{
    if (host_network >= 0) {
        setns(host_network, CLONE_NEWNET);
    }
}

/* Ends the part at text with a NUL and returns the next one, or NULL. A backslash keeps its character from being a separator. */
static char *cut(char *text, char separator, bool unescape)
{
    char *to = text;
    for (char *from = text; *from; from++) {
        if (*from == separator) {
            *to = '\0';
            return from + 1;
        }
        if (*from == '\\' && from[1]) {
            if (!unescape) {
                *to++ = *from;
            }
            from++;
        }
        *to++ = *from;
    }
    *to = '\0';
    return NULL;
}

static void configure(int fs, const char *key, const char *value)
{
    int done;
    if (!value) {
        done = fsconfig(fs, FSCONFIG_SET_FLAG, key, NULL, 0);
    } else if (strlen(value) < 256) {
        done = fsconfig(fs, FSCONFIG_SET_STRING, key, value, 0);
    } else { /* longer strings are refused; a descriptor says the same */
        int folder = open(value, O_PATH | O_DIRECTORY | O_CLOEXEC);
        done = folder < 0 ? -1 : fsconfig(fs, FSCONFIG_SET_FD, key, NULL, folder);
    }
    if (done < 0) {
        fail("overlay %s=%s: %s", key, value ? value : "", strerror(errno));
    }
}

static void configure_lower(int fs, char *layers)
{
    for (char *layer = layers, *next; layer; layer = next) {
        next = cut(layer, ':', true);
        configure(fs, "lowerdir+", layer);
    }
}

/* For option strings beyond a page: mount(2) cuts them, fsconfig takes them one by one. */
static void mount_long_overlay(void)
{
    char *options = strdup(opt.overlay);
    int fs = fsopen("overlay", FSOPEN_CLOEXEC);
    if (!options || fs < 0) {
        fail_errno("open file system", "overlay");
    }
    for (char *key = options, *next; key; key = next) {
        next = cut(key, ',', false);
        char *value = strchr(key, '=');
        if (value) {
            *value++ = '\0';
        }
        if (value && strcmp(key, "lowerdir") == 0) {
            configure_lower(fs, value);
        } else {
            configure(fs, key, value);
        }
    }
    int tree = -1;
    if (fsconfig(fs, FSCONFIG_CMD_CREATE, NULL, NULL, 0) < 0 || (tree = fsmount(fs, FSMOUNT_CLOEXEC, 0)) < 0
        || move_mount(tree, "", AT_FDCWD, opt.rootfs, MOVE_MOUNT_F_EMPTY_PATH) < 0) {
        fail_errno("mount overlay at", opt.rootfs);
    }
    close(tree);
    close(fs);
    free(options);
}

/* A volatile overlay leaves a mark that forbids to mount its work directory again; who asked for volatile accepts that. */
static void forget_volatile(void)
{
    static const char *const marks[] = {"volatile/dirty", "volatile", ""};
    const char *work = strstr(opt.overlay, "workdir=");
    if (!work || !strstr(opt.overlay, ",volatile")) {
        return;
    }
    work += strlen("workdir=");
    for (int i = 0; i < 3; i++) {
        char path[PATH_MAX];
        snprintf(path, sizeof path, "%.*s/work/incompat/%s", (int) strcspn(work, ","), work, marks[i]);
        remove(path);
    }
}

void mounts_make(void)
{
    if (!opt.overlay) {
        return;
    }
    if (opt.overlay_base && chdir(opt.overlay_base) < 0) {
        fail_errno("change to", opt.overlay_base);
    }
    forget_volatile();
    if (strlen(opt.overlay) >= (size_t) getpagesize() - 1) {
        mount_long_overlay();
    } else if (mount("overlay", opt.rootfs, "overlay", 0, opt.overlay) < 0) {
        fail_errno("mount overlay at", opt.rootfs);
    }
    if (chdir("/") < 0) {
        fail_errno("change to", "/");
    }
}

/* The kernel writes the whole file system below the upper directory back first (unless volatile): that can take seconds. */
void mounts_remove(void)
{
    if (opt.overlay && umount2(opt.rootfs, 0) < 0) {
        umount2(opt.rootfs, MNT_DETACH);
    }
}
