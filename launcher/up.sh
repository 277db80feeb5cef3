# shellcheck shell=sh
# Starts the platform.

up() {
    parse "$@"
    need_root up
    if platform_pid > /dev/null; then
        use_served_socket
        say "Caisson runs already (data $data)."
        print_export
        return 0
    fi
    install_packages run
    use_jdk
    build
    make_folders
    if [ -n "$foreground" ]; then
        start_in_front
    fi
    start_in_background
    wait_until_it_answers
    if [ "$hello" = yes ]; then
        say_hello || fail 1 "Caisson runs, but the hello container did not: ./caisson logs"
    fi
    train_in_background
    print_export
}

print_export() {
    printf 'export DOCKER_HOST=unix://%s\n' "$socket"
}

make_folders() {
    if [ ! -d "$data" ]; then
        mkdir -p -- "$data"
        chmod 0710 "$data"
    fi
    if [ ! -d "$run" ]; then
        mkdir -p -- "$run"
        chmod 0711 "$run"
    fi
    mkdir -p -- "$data/log"
    chmod 0700 "$data/log"
}

# java_command COMMAND...: runs COMMAND with the whole command line of the platform appended
java_command() {
    set -- "$@" "$JAVA_HOME/bin/java"
    # shellcheck disable=SC2046
    set -- "$@" $(jvm_options)
    cache=$(aot_cache)
    [ ! -e "$cache" ] || set -- "$@" "-XX:AOTCache=$cache" "-Xlog:aot*=error:stdout"
    set -- "$@" -jar "$dist/app/quarkus-run.jar" --data "$data" --run "$run" --socket "$socket" --instance "$instance"
    [ -z "$tcp" ] || set -- "$@" --tcp "$tcp"
    [ -z "$docker_socket" ] || set -- "$@" --docker-socket
    [ -z "$config" ] || set -- "$@" --config "$config"
    [ -z "$daemon_json" ] || set -- "$@" --daemon-json "$daemon_json"
    export MALLOC_ARENA_MAX=2
    export CAISSON_MONITOR="${CAISSON_MONITOR:-$dist/caisson-monitor}"
    "$@"
}

remember() {
    printf '%s %s %s\n' "$1" "$(start_time "$1")" "$socket" > "$(pid_file).new"
    mv "$(pid_file).new" "$(pid_file)"
}

start_in_front() {
    remember $$
    java_command exec
}

start_in_background() {
    QUARKUS_LOG_FILE_ENABLED=true QUARKUS_LOG_CONSOLE_ENABLED=false \
        java_command exec setsid nohup > "$data/log/console.log" 2>&1 < /dev/null &
    remember $!
}

wait_until_it_answers() {
    pid=$(platform_pid) || failed_to_start
    within 120 answers_or_ended || fail 1 "Caisson does not answer on $socket: ./caisson logs"
    if gone "$pid"; then failed_to_start; fi
}

answers_or_ended() { gone "$pid" || answers; }

failed_to_start() {
    if [ -s "$data/log/console.log" ]; then
        cat "$data/log/console.log" >&2
    else
        tail -n 20 "$data/log/caisson.log" >&2 2> /dev/null || true
    fi
    fail 1 "Caisson did not start"
}
