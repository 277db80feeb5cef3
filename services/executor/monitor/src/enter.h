/* Entering a running container without its runtime: what is asked for, where it goes, and the steps. README: "Entering". */
#ifndef ENTER_H
#define ENTER_H

#include "monitor.h"

#include <sys/resource.h>

enum { MAX_RLIMITS = RLIM_NLIMITS, MAX_CGROUPS = 32 };

/* Why a process was not entered; the runtime is asked to do it then, and has the words for what is wrong. */
enum refusal { REFUSED = 100, BY_PLAN, BY_TARGET, BY_FILTER, BY_CGROUP, BY_NAMESPACE, BY_TERMINAL, BY_FORK, BY_PROCESS };

struct limit {
    int kind;
    struct rlimit value;
};

/* plan.c: the file of --enter, and of --make. */
struct plan {
    const char *cwd, *oom_score, *seccomp;
    char **arguments, **environment;
    gid_t *groups;
    size_t argument_count, environment_count, group_count, limit_count;
    uid_t uid;
    gid_t gid;
    int umask; /* -1: as it is */
    unsigned rows, columns;
    bool no_new_privileges;
    uint64_t bounding, effective, permitted, inheritable, ambient;
    struct limit limits[MAX_RLIMITS];
};
struct making;
bool plan_read(const char *path, struct plan *plan, struct making *making);

/* target.c: the container, as its runtime describes it. */
struct target {
    pid_t pid;
    int pidfd;
    int cgroups[MAX_CGROUPS]; /* their lists of processes, open for writing */
    int cgroup_count;
};
bool target_find(struct target *target);
long long target_start_of(pid_t pid);
bool target_join_cgroups(struct target *target);
bool target_join_namespaces(struct target *target);

/* seccomp.c: the filter that the container's first process runs with. */
bool seccomp_recall(const char *cache);
bool seccomp_learn(const char *cache, pid_t pid);
bool seccomp_install(void);

/* pty.c */
int pty_dial(void);
bool pty_make(int monitor, unsigned rows, unsigned columns);

/* become.c: in the new process. Returns only where that is not possible, and said why. */
void become(const struct plan *plan);

/* wrong.c: why a process did not become what it was to be, in the words of the runtime where clients read them. */
bool wrong(const char *format, ...) __attribute__((format(printf, 1, 2)));
const char *wrong_reason(void);
const char *wrong_words(void);

/* enter.c */
_Noreturn void enter_refuse(enum refusal why);
void enter_set_oom_score(const char *score);

#endif
