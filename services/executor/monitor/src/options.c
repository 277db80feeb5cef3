#include "monitor.h"

#include <getopt.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>

struct options opt = {.runtime = "runc", .log_max_files = 1, .listen_fd = -1};

enum flag {
    ID = 256, BUNDLE, SOCKET, LISTEN_FD, PID_FILE, MONITOR_PID_FILE, EXIT_FILE, RUNTIME, RUNTIME_ROOT, RUNTIME_ARG, CGROUP,
    LOG, LOG_FORMAT, LOG_ATTRS, LOG_MAX_SIZE, LOG_MAX_FILES, LOG_COMPRESS, TTY, STDIN_OPEN, STDIN_ONCE, NEW_NETNS,
    ROOTFS_OVERLAY, OVERLAY_BASE, ROOTFS, SHARED_MOUNT, EXEC_PROCESS, SHARED_MEMORY_OF, ENTER, ONLY_ENTER, MAKE, STATE
};

static const struct option flags[] = {
    {"id", required_argument, NULL, ID},
    {"bundle", required_argument, NULL, BUNDLE},
    {"socket", required_argument, NULL, SOCKET},
    {"listen-fd", required_argument, NULL, LISTEN_FD},
    {"pid-file", required_argument, NULL, PID_FILE},
    {"monitor-pid-file", required_argument, NULL, MONITOR_PID_FILE},
    {"exit-file", required_argument, NULL, EXIT_FILE},
    {"runtime", required_argument, NULL, RUNTIME},
    {"runtime-root", required_argument, NULL, RUNTIME_ROOT},
    {"runtime-arg", required_argument, NULL, RUNTIME_ARG},
    {"cgroup", required_argument, NULL, CGROUP},
    {"log", required_argument, NULL, LOG},
    {"log-format", required_argument, NULL, LOG_FORMAT},
    {"log-attrs", required_argument, NULL, LOG_ATTRS},
    {"log-max-size", required_argument, NULL, LOG_MAX_SIZE},
    {"log-max-files", required_argument, NULL, LOG_MAX_FILES},
    {"log-compress", no_argument, NULL, LOG_COMPRESS},
    {"tty", no_argument, NULL, TTY},
    {"stdin-open", no_argument, NULL, STDIN_OPEN},
    {"stdin-once", no_argument, NULL, STDIN_ONCE},
    {"new-netns", no_argument, NULL, NEW_NETNS},
    {"rootfs-overlay", required_argument, NULL, ROOTFS_OVERLAY},
    {"overlay-base", required_argument, NULL, OVERLAY_BASE},
    {"rootfs", required_argument, NULL, ROOTFS},
    {"shared-mount", required_argument, NULL, SHARED_MOUNT},
    {"shared-memory-of", required_argument, NULL, SHARED_MEMORY_OF},
    {"exec-process", required_argument, NULL, EXEC_PROCESS},
    {"enter", required_argument, NULL, ENTER},
    {"only-enter", no_argument, NULL, ONLY_ENTER},
    {"make", required_argument, NULL, MAKE},
    {"state", required_argument, NULL, STATE},
    {NULL, 0, NULL, 0},
};

static long long number(const char *name, const char *text)
{
    char *end;
    long long value = strtoll(text, &end, 10);
    if (end == text || *end || value < 0) {
        fail("--%s: not a number: %s", name, text);
    }
    return value;
}

static void repeat(const char **values, int *count, const char *name)
{
    if (*count == MAX_REPEATED) {
        fail("--%s: given too often", name);
    }
    values[(*count)++] = optarg;
}

static void take(enum flag flag)
{
    switch (flag) {
    case ID: opt.id = optarg; break;
    case BUNDLE: opt.bundle = optarg; break;
    case SOCKET: opt.socket = optarg; break;
    case LISTEN_FD: opt.listen_fd = (int) number("listen-fd", optarg); break;
    case PID_FILE: opt.pid_file = optarg; break;
    case MONITOR_PID_FILE: opt.monitor_pid_file = optarg; break;
    case EXIT_FILE: opt.exit_file = optarg; break;
    case RUNTIME: opt.runtime = optarg; break;
    case RUNTIME_ROOT: opt.runtime_root = optarg; break;
    case RUNTIME_ARG: repeat(opt.runtime_args, &opt.runtime_arg_count, "runtime-arg"); break;
    case CGROUP: opt.cgroup = optarg; break;
    case LOG: opt.log = optarg; break;
    case LOG_ATTRS: opt.log_attrs = optarg; break;
    case LOG_MAX_SIZE: opt.log_max_size = number("log-max-size", optarg); break;
    case LOG_MAX_FILES: opt.log_max_files = (int) number("log-max-files", optarg); break;
    case LOG_COMPRESS: opt.log_compress = true; break;
    case TTY: opt.tty = true; break;
    case STDIN_OPEN: opt.stdin_open = true; break;
    case STDIN_ONCE: opt.stdin_once = true; break;
    case NEW_NETNS: opt.new_netns = true; break;
    case ROOTFS_OVERLAY: opt.overlay = optarg; break;
    case OVERLAY_BASE: opt.overlay_base = optarg; break;
    case ROOTFS: opt.rootfs = optarg; break;
    case SHARED_MOUNT: repeat(opt.shared_mounts, &opt.shared_mount_count, "shared-mount"); break;
    case SHARED_MEMORY_OF: opt.shared_memory_of = optarg; break;
    case EXEC_PROCESS: opt.process = optarg; break;
    case ENTER: opt.enter = optarg; break;
    case ONLY_ENTER: opt.only_enter = true; break;
    case MAKE: opt.make = optarg; break;
    case STATE: opt.state = optarg; break;
    case LOG_FORMAT:
        opt.log_records = strcmp(optarg, "records") == 0;
        if (!opt.log_records && strcmp(optarg, "json") != 0) {
            fail("--log-format: json or records, not %s", optarg);
        }
        break;
    }
}

static void need(const char *name, const char *value)
{
    if (!value || !*value) {
        fail("--%s is missing", name);
    }
}

/* The monitor leaves the working directory it was started in, so every path has to say where it begins. */
static void need_path(const char *name, const char *value)
{
    need(name, value);
    if (value[0] != '/') {
        fail("--%s: not an absolute path: %s", name, value);
    }
    if (strlen(value) > PATH_MAX - 16) {
        fail("--%s: path too long", name);
    }
}

static void validate(void)
{
    need("id", opt.id);
    need_path("socket", opt.socket);
    need_path("pid-file", opt.pid_file);
    need_path("monitor-pid-file", opt.monitor_pid_file);
    need_path("exit-file", opt.exit_file);
    need_path("runtime-root", opt.runtime_root);
    need("runtime", opt.runtime);
    if (strlen(opt.socket) + sizeof ".tty" > sizeof ((struct sockaddr_un *) 0)->sun_path) {
        fail("--socket: longer than a UNIX socket's path may be: %s", opt.socket);
    }
    if (opt.log) {
        need_path("log", opt.log);
    }
    if (opt.process) {
        need_path("exec-process", opt.process);
        if (opt.overlay || opt.new_netns) {
            fail("--exec-process makes no mounts and no network namespace");
        }
    } else {
        need_path("bundle", opt.bundle);
    }
    if (opt.enter) {
        need_path("enter", opt.enter);
        need_path("exec-process", opt.process);
    }
    if (opt.make) {
        need_path("make", opt.make);
        need_path("state", opt.state);
        need_path("bundle", opt.bundle);
    }
    if (opt.overlay) {
        need_path("rootfs", opt.rootfs);
    }
}

void options_parse(int argc, char **argv)
{
    int flag;
    opterr = 0;
    while ((flag = getopt_long(argc, argv, "", flags, NULL)) != -1) {
        if (flag == '?' || flag == ':') {
            fail("unknown option or missing value: %s", argv[optind - 1]);
        }
        take((enum flag) flag);
    }
    if (optind < argc) {
        fail("unexpected argument: %s", argv[optind]);
    }
    validate();
}
