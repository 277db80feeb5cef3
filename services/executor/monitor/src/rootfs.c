/*
 * The container's view of files. What comes from the host is taken as clones first; then the root changes, and the host's files are
 * gone; then everything is mounted by paths in the container, where no link leads out. README: "Making".
 */
#include "make.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/magic.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

enum { FOLDER = 0755, FILE_MODE = 0755, CONSOLE = 0666 };

static bool is(const struct mounting *mount, const char *type)
{
    return strcmp(mount->type, type) == 0;
}

static bool failed(const char *what, const char *path)
{
    return wrong("%s %s: %s", what, path, wrong_reason());
}

static bool clone_source(struct mounting *mount)
{
    struct stat stat;
    unsigned recursive = mount->flags & MS_REC ? AT_RECURSIVE : 0;
    if (!mount->source) {
        return wrong("a bind mount has no source");
    }
    mount->tree = open_tree(AT_FDCWD, mount->source, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | recursive);
    if (mount->tree < 0 || fstat(mount->tree, &stat) < 0) {
        return failed("clone", mount->source);
    }
    mount->folder = S_ISDIR(stat.st_mode);
    struct mount_attr attributes = {.attr_set = mount->attributes};
    return !mount->attributes || mount_setattr(mount->tree, "", AT_EMPTY_PATH | AT_RECURSIVE, &attributes, sizeof attributes) == 0
        || failed("protect", mount->source);
}

static bool change_root(const char *rootfs)
{
    if (mount(rootfs, rootfs, NULL, MS_BIND | MS_REC, NULL) < 0 || chdir(rootfs) < 0) {
        return failed("bind", rootfs);
    }
    if (syscall(SYS_pivot_root, ".", ".") < 0 || umount2(".", MNT_DETACH) < 0 || chdir("/") < 0) {
        return failed("change root to", rootfs);
    }
    return true;
}

/* All of path, or what is before its last slash. */
bool rootfs_make_folders(const char *path, bool last)
{
    char part[PATH_MAX];
    size_t length = strlen(path);
    if (length >= sizeof part) {
        return false;
    }
    for (size_t i = 1; i <= length; i++) {
        if ((path[i] == '/' && path[i + 1]) || (last && !path[i])) {
            memcpy(part, path, i);
            part[i] = '\0';
            if (mkdir(part, FOLDER) < 0 && errno != EEXIST) {
                return failed("make folder", part);
            }
        }
    }
    return true;
}

static bool make_file(const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_NOCTTY | O_NONBLOCK | O_CLOEXEC, FILE_MODE);
    if (fd < 0) {
        return failed("make file", path);
    }
    close(fd);
    return true;
}

/* As the runtime: nothing is put over what the kernel tells by its files. */
static bool is_on_proc(const char *path)
{
    struct statfs found;
    return statfs(path, &found) < 0 || found.f_type == PROC_SUPER_MAGIC;
}

static bool make_target(const struct mounting *mount)
{
    struct stat stat_of;
    bool there = stat(mount->target, &stat_of) == 0;
    if (there && mount->folder != S_ISDIR(stat_of.st_mode)) {
        return wrong("mount %s: not a directory", mount->target);
    }
    return there || (rootfs_make_folders(mount->target, mount->folder) && (mount->folder || make_file(mount->target)));
}

static bool place_clone(const struct mounting *mounting)
{
    unsigned long own = mounting->flags & ~(unsigned long) (MS_BIND | MS_REC | MS_REMOUNT);
    if (!make_target(mounting) || is_on_proc(mounting->target)) {
        return failed("prepare", mounting->target);
    }
    if (move_mount(mounting->tree, "", AT_FDCWD, mounting->target, MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_SYMLINKS) < 0) {
        return failed("place", mounting->target);
    }
    close(mounting->tree);
    return !own || mount(NULL, mounting->target, NULL, MS_BIND | MS_REMOUNT | own, NULL) == 0
        || failed("remount", mounting->target);
}

/* A tmpfs takes the permissions of the folder that it covers. What is to be read only becomes so when all is in it. */
static bool mount_memory(const struct mounting *mounting)
{
    char data[4096];
    struct stat below;
    const char *given = mounting->data ? mounting->data : "";
    bool there = stat(mounting->target, &below) == 0;
    int length = there ? snprintf(data, sizeof data, "mode=%04o%s%s", below.st_mode & 07777, *given ? "," : "", given)
                       : snprintf(data, sizeof data, "%s", given);
    if (length >= (int) sizeof data || (!there && !rootfs_make_folders(mounting->target, true)) || is_on_proc(mounting->target)) {
        return failed("prepare", mounting->target);
    }
    return mount(mounting->source, mounting->target, "tmpfs", mounting->flags & ~(unsigned long) MS_RDONLY, data) == 0
        || failed("mount", mounting->target);
}

static bool mount_new(const struct mounting *mounting)
{
    struct stat there;
    if ((is(mounting, "proc") || is(mounting, "sysfs")) && lstat(mounting->target, &there) == 0 && !S_ISDIR(there.st_mode)) {
        return wrong("filesystem \"%s\" must be mounted on ordinary directory", mounting->type);
    }
    return rootfs_make_folders(mounting->target, true)
        && (mount(mounting->source, mounting->target, mounting->type, mounting->flags, mounting->data) == 0
            || failed("mount", mounting->target));
}

static bool place(const struct mounting *mounting)
{
    bool placed = is(mounting, "bind") ? place_clone(mounting)
        : is(mounting, "tmpfs")        ? mount_memory(mounting)
                                       : mount_new(mounting);
    return placed
        && (!mounting->propagation || mount(NULL, mounting->target, NULL, mounting->propagation, NULL) == 0
            || failed("propagate", mounting->target));
}

bool rootfs_make(struct making *making)
{
    if (unshare(CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC) < 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0) {
        return failed("unshare", "namespaces");
    }
    for (size_t i = 0; i < making->mount_count; i++) {
        if (is(making->mounts + i, "bind") && !clone_source(making->mounts + i)) {
            return false;
        }
    }
    if (!change_root(making->rootfs)) {
        return false;
    }
    for (size_t i = 0; i < making->mount_count; i++) {
        if (!place(making->mounts + i)) {
            return false;
        }
    }
    return devices_make(making);
}

/* The terminal that is stdin already. */
bool rootfs_mount_console(void)
{
    char terminal[PATH_MAX];
    ssize_t length = readlink("/proc/self/fd/0", terminal, sizeof terminal - 1);
    mode_t before = umask(0);
    int fd = open("/dev/console", O_WRONLY | O_CREAT | O_NOCTTY | O_NONBLOCK | O_CLOEXEC, CONSOLE);
    umask(before);
    if (length <= 0 || fd < 0) {
        return failed("make", "/dev/console");
    }
    close(fd);
    terminal[length] = '\0';
    return mount(terminal, "/dev/console", NULL, MS_BIND, NULL) == 0 || failed("mount", "/dev/console");
}

/* "net/ipv4/ip_forward=1" */
static bool set_kernel_parameter(const char *pair)
{
    char path[PATH_MAX];
    const char *value = strchr(pair, '=') + 1;
    snprintf(path, sizeof path, "/proc/sys/%.*s", (int) (value - 1 - pair), pair);
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    bool written = fd >= 0 && write(fd, value, strlen(value)) == (ssize_t) strlen(value);
    if (!written) {
        return failed("write sysctl", pair);
    }
    close(fd);
    return true;
}

/* With what the mount has already: a remount takes the place of all its flags. */
static unsigned long flags_of(const char *path)
{
    struct statvfs found;
    if (statvfs(path, &found) < 0) {
        return 0;
    }
    return (found.f_flag & ST_NOSUID ? MS_NOSUID : 0) | (found.f_flag & ST_NODEV ? MS_NODEV : 0)
        | (found.f_flag & ST_NOEXEC ? MS_NOEXEC : 0) | (found.f_flag & ST_NOATIME ? MS_NOATIME : 0)
        | (found.f_flag & ST_NODIRATIME ? MS_NODIRATIME : 0) | (found.f_flag & ST_RELATIME ? MS_RELATIME : 0);
}

static bool make_readonly(const char *path)
{
    return mount(NULL, path, NULL, MS_BIND | MS_REMOUNT | MS_RDONLY | flags_of(path), NULL) == 0
        || failed("make read only", path);
}

static bool protect(const char *path)
{
    if (mount(path, path, NULL, MS_BIND | MS_REC, NULL) < 0) {
        return errno == ENOENT || failed("bind", path);
    }
    return make_readonly(path);
}

static bool mask(const char *path)
{
    if (mount("/dev/null", path, NULL, MS_BIND, NULL) == 0 || errno == ENOENT) {
        return true;
    }
    return (errno == ENOTDIR && mount("tmpfs", path, "tmpfs", MS_RDONLY, NULL) == 0) || failed("mask", path);
}

/* In the runtime's order: each step may need what a later one takes away. */
bool rootfs_finish(const struct making *making)
{
    for (size_t i = 0; i < making->mount_count; i++) {
        const struct mounting *mount = making->mounts + i;
        if (is(mount, "tmpfs") && (mount->flags & MS_RDONLY) && !make_readonly(mount->target)) {
            return false;
        }
    }
    if (making->readonly_root && !make_readonly("/")) {
        return false;
    }
    if (making->hostname && sethostname(making->hostname, strlen(making->hostname)) < 0) {
        return failed("set hostname", making->hostname);
    }
    bool done = true;
    for (size_t i = 0; done && i < making->sysctl_count; i++) {
        done = set_kernel_parameter(making->sysctls[i]);
    }
    for (size_t i = 0; done && i < making->readonly_count; i++) {
        done = protect(making->readonly[i]);
    }
    for (size_t i = 0; done && i < making->masked_count; i++) {
        done = mask(making->masked[i]);
    }
    return done;
}
