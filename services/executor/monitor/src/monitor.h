/*
 * caisson-monitor: the one process that stays with a container from before its start until after its end.
 * README.md is the contract; this header is the table of contents.
 */
#ifndef MONITOR_H
#define MONITOR_H

#define _GNU_SOURCE
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { MAX_REPEATED = 32, MAX_CLIENTS = 64, FRAME_HEADER = 8, STREAM_OUT = 1, STREAM_ERR = 2 };

/* What the command line said. Strings live as long as the process. */
struct options {
    const char *id, *bundle, *socket, *pid_file, *monitor_pid_file, *exit_file;
    const char *runtime, *runtime_root, *cgroup;
    const char *runtime_args[MAX_REPEATED];
    const char *log, *log_attrs;
    const char *overlay, *overlay_base, *rootfs;
    const char *shared_memory_of;
    const char *shared_mounts[MAX_REPEATED];
    const char *process; /* set: a process in a running container, not a container */
    const char *enter;   /* set: the same for entering it without the runtime */
    const char *make;    /* set: how to make the container without the runtime */
    const char *state;   /* and where to write down what those who enter it need */
    int runtime_arg_count, shared_mount_count;
    long long log_max_size;
    int log_max_files;
    int listen_fd; /* inherited; -1: the monitor binds the socket itself */
    bool log_records, log_compress;
    bool tty, stdin_open, stdin_once, new_netns;
    bool only_enter; /* no runtime knows the container */
};
extern struct options opt;

/* options.c */
void options_parse(int argc, char **argv);

/* failure.c: before the monitor is ready a failure is one line for the launcher and the end of the process. */
void failure_report_to(int fd);
_Noreturn void fail(const char *format, ...) __attribute__((format(printf, 1, 2)));
_Noreturn void fail_errno(const char *what, const char *path);

/* files.c */
bool file_write(const char *path, const char *text, bool durable);
ssize_t file_read(const char *path, char *buffer, size_t size);
int64_t now_millis(void); /* monotonic */

/* loop.c: edge-triggered readiness, handed to the owner of each descriptor. */
struct source {
    int fd;
    void (*ready)(struct source *source, uint32_t events);
};
void loop_open(void);
void loop_reopen(void);
void loop_shut(void);
void loop_add(struct source *source, uint32_t events);
void loop_close(struct source *source);
void loop_wait(int timeout_millis);

/* mounts.c */
void namespaces_enter(void);
void mounts_make(void);
void mounts_remove(void);
void namespaces_leave_network(void);
int namespaces_host_network(void);

/* runtime.c: the OCI runtime as child process. */
void runtime_prepare(void);
void runtime_name_log(void);
void runtime_make_pipes(void);
void runtime_close_child_ends(void);
pid_t runtime_fork(void);
pid_t runtime_run(void);
pid_t runtime_delete(void);
bool runtime_has_state(void);
void runtime_error(int status, char *json, size_t size);
int runtime_open_log(void);
void runtime_log_error(int log, const char *words);
pid_t runtime_continue(void);

/* enter.c: instead of the runtime, where that is possible. */
bool enter_is_wanted(void);
bool enter_has_to_learn(void);
void enter_learn(pid_t pid);
void enter_has_learned(void);
pid_t make_undo(void);
pid_t enter_begin(const int ends[3]);
bool enter_gives_up(int status);
pid_t enter_process(void);

/* sealed.c */
bool sealed_program(char **argv);

/* console.c: the pseudo terminal a runtime hands over. */
void console_listen(void);
const char *console_path(void);
void console_accept(void);
void console_close(void);
void console_adopt(int fd);
void console_resize(unsigned rows, unsigned columns);

/* output.c: container to log and clients. */
void output_prepare(void);
void output_resume(void);
void output_make_pipes(int child_ends[2]);
void output_use_terminal(int fd);
void output_begin(void);
void output_container_ended(void);
bool output_pump(void);
bool output_drained(void);
int output_timeout(void);
void output_close(void);
ssize_t output_peek_errors(char *buffer, size_t size);

/* input.c: clients to container. */
int input_make_pipe(void);
void input_use_terminal(int fd);
bool input_pump(void);
void input_close(void);
void input_forget(void);

/* log.c */
void log_open(void);
void log_resume(void);
void log_reopen(void);
void log_write(int stream, const unsigned char *data, size_t size);
void log_end(int stream);

/* rotation.c */
void rotation_shift(void);
void rotation_compress(void);
bool rotation_is_busy(void);
void rotation_child_ended(pid_t pid, int status);
void rotation_forget_rest(void);

/* encode.c */
size_t encode_entry(char *to, int stream, const unsigned char *p, size_t size, bool newline, int64_t time);

/* server.c: connections and their commands. */
void server_listen(void);
void server_stop_listening(void);
void server_announce(const char *line);
void server_close_commands(void);
void server_forget_clients(void);
bool server_has_clients(void);

/* attach.c: the connections that carry bytes. */
void attach_send(const unsigned char *frames, size_t used);
bool attach_caught_up(size_t used);
void attach_restart_frames(void);
ssize_t attach_take_input(unsigned char *buffer, size_t size);
void attach_output_complete(void);

/* keeper.c: the two processes that keep one container. */
void keeper_prepare(void);
bool keeper_is_guarded(void);
bool keeper_split(void);
void keeper_tend(void);
pid_t keeper_reap(pid_t only, int *status);
void keeper_share_terminal(int fd);
void keeper_close_input(void);

/* outcome.c: how it ended. */
struct outcome {
    int code, signal;
    bool oom;
    int64_t at; /* nanoseconds since 1970 */
};
struct outcome outcome_of(int status);
int outcome_of_stranger(pid_t pid, int pidfd);
void outcome_remember_cgroup(pid_t pid);
void outcome_write(const struct outcome *outcome);

/* life.c: created, starting, running, ended. */
void life_begin(void);
void life_run(void);
void life_resume(void);
void life_watch_process(void);
int life_signals(void);
void life_describe(char *line, size_t size);
const char *life_start(void);
bool life_kill(int signal);
bool life_quit(void);
bool life_has_ended(void);

#endif
