/* What becomes of a log that is full: PATH.1, PATH.2 ..., or PATH.1.gz, PATH.2.gz ... */
#include "monitor.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static pid_t compressor;

static const char *const kinds[] = {"", ".gz"};

static void name(char path[PATH_MAX], int number, const char *kind)
{
    snprintf(path, PATH_MAX, "%s.%d%s", opt.log, number, kind);
}

static bool exists(int number)
{
    char path[PATH_MAX];
    for (int i = 0; i < 2; i++) {
        name(path, number, kinds[i]);
        if (access(path, F_OK) == 0) {
            return true;
        }
    }
    return false;
}

/* It has either kind; the other one, of a file that was there before, must not stay beside it. */
static void move_up(int number)
{
    char from[PATH_MAX], to[PATH_MAX];
    for (int i = 0; i < 2; i++) {
        name(from, number, kinds[i]);
        name(to, number + 1, kinds[i]);
        if (rename(from, to) < 0 && errno == ENOENT) {
            unlink(to);
        }
    }
}

/* Up to the first gap only: one is left by whoever was killed in the middle of this, and is closed by doing it again. */
void rotation_shift(void)
{
    char first[PATH_MAX];
    int last = 1;
    if (opt.log_max_files < 2) {
        return; /* it starts over */
    }
    while (last < opt.log_max_files - 1 && exists(last)) {
        last++;
    }
    for (int i = last - 1; i > 0; i--) {
        move_up(i);
    }
    name(first, 1, ".gz");
    unlink(first);
    name(first, 1, "");
    rename(opt.log, first);
}

/* A full log grows on while the one before it is being compressed: nobody waits for that. */
bool rotation_is_busy(void)
{
    return compressor > 0;
}

static void temporary(char path[PATH_MAX])
{
    snprintf(path, PATH_MAX, "%s.1.gz.tmp", opt.log);
}

void rotation_forget_rest(void)
{
    char path[PATH_MAX];
    if (compressor > 0) {
        kill(compressor, SIGKILL);
        compressor = 0;
    }
    temporary(path);
    unlink(path);
}

/* An empty gzip member, whose file name says which file was compressed: who was reading that one finds its place again. */
static void put_origin(int to, int from)
{
    struct stat status;
    unsigned char member[64] = {0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 255};
    fstat(from, &status);
    int length = 10 + snprintf((char *) member + 10, 32, "%llu", (unsigned long long) status.st_ino) + 1;
    member[length] = 3; /* an empty last block, its checksum 0 and its length 0 */
    ssize_t ignored = write(to, member, (size_t) length + 10);
    (void) ignored;
}

static _Noreturn void compress(void)
{
    char from[PATH_MAX], to[PATH_MAX];
    name(from, 1, "");
    temporary(to);
    unlink(to);
    int source = open(from, O_RDONLY);
    int target = open(to, O_WRONLY | O_CREAT | O_EXCL | O_APPEND, 0640);
    if (source >= 0 && target >= 0) {
        put_origin(target, source);
        dup2(source, 0);
        dup2(target, 1);
        execl("/bin/gzip", "gzip", "-c", NULL);
    }
    _exit(127);
}

void rotation_compress(void)
{
    if (!opt.log_compress || opt.log_max_files < 2) {
        return;
    }
    compressor = runtime_fork();
    if (compressor == 0) {
        compress();
    }
}

/* Where there is no gzip, or no room, the file stays as it is. */
void rotation_child_ended(pid_t pid, int status)
{
    char from[PATH_MAX], made[PATH_MAX], to[PATH_MAX];
    if (pid != compressor) {
        return;
    }
    compressor = 0;
    name(from, 1, "");
    name(to, 1, ".gz");
    temporary(made);
    if (status != 0) {
        unlink(made);
    } else if (rename(made, to) == 0) {
        unlink(from);
    }
}
