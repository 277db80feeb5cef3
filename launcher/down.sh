# shellcheck shell=sh
# Stops the platform, shows its state and its log; runs the tests.

down() {
    parse "$@"
    need_root down
    if platform=$(platform_pid); then
        kill -TERM "$platform"
        if ! within 40 gone "$platform"; then
            say "it does not stop by itself: killing it"
            kill -KILL "$platform"
        fi
    else
        say "Caisson is not running (data $data)."
    fi
    # A killed platform leaves its database behind. SIGINT is PostgreSQL's fast shutdown.
    if database=$(database_pid); then
        kill -INT "$database"
        within 60 gone "$database" || fail 1 "the database does not stop"
    fi
    rm -f -- "$(pid_file)"
}

status() {
    parse "$@"
    state=stopped
    platform=$(platform_pid) || platform=
    database=$(database_pid) || database=
    if [ -n "$platform" ]; then
        state=starting
        use_served_socket
        if answers; then state=running; fi
    fi
    if [ -n "$json" ]; then
        status_json
    else
        printf 'Caisson   %s%s\n' "$state" "${platform:+ (pid $platform)}"
        printf 'instance  %s\ndata      %s\nsocket    %s\n' "$instance" "$data" "$socket"
        printf 'database  %s\n' "${database:+embedded (pid $database)}"
    fi
    [ "$state" != stopped ] || exit 3
}

status_json() {
    printf '{"state":"%s","pid":%s,"instance":"%s","data":%s,"socket":%s,"databasePid":%s}\n' \
        "$state" "${platform:-null}" "$instance" "$(json_string "$data")" "$(json_string "$socket")" "${database:-null}"
}

logs() {
    parse "$@"
    [ -r "$data/log/caisson.log" ] || fail 1 "no log in $data/log"
    if [ -n "$follow" ]; then
        exec tail -n 100 -F "$data/log/caisson.log"
    fi
    cat "$data/log/console.log" "$data/log/caisson.log"
}

run_tests() {
    install_packages run
    install_packages test
    use_jdk
    build_monitor
    # Root runs the tests of mounts, namespaces and containers too; the others tell that they were skipped.
    maven verify "$@"
}
