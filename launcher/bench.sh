# shellcheck shell=sh
# Measures Caisson beside dockerd: see launcher/bench.

bench_usage() {
    cat <<TEXT
  ./caisson bench [--only NAME,NAME...] [--runs N] [--json FILE] [--list]

Starts a Caisson and, where Debian's docker.io is installed, a dockerd of its own, in namespaces of their own, does the
same work on both in turn, prints what it took, and leaves nothing behind.
TEXT
}

bench() {
    only=
    runs=20
    json_file=
    while [ $# -gt 0 ]; do
        case $1 in
            --only=* | --runs=* | --json=*)
                bench_option "${1%%=*}" "${1#*=}"
                ;;
            --only | --runs | --json)
                [ $# -gt 1 ] || fail 2 "$1 needs a value"
                bench_option "$1" "$2"
                shift
                ;;
            --list) exec python3 -B "$root/launcher/bench" --list ;;
            -h | --help)
                bench_usage
                return 0
                ;;
            *) fail 2 "unknown option: $1 (./caisson bench --help)" ;;
        esac
        shift
    done
    need_root bench
    have python3 || fail 1 "bench needs python3: apt-get install python3"
    have docker || fail 1 "bench needs the docker CLI: apt-get install docker-cli"
    python3 -B "$root/launcher/bench" --only "$only" --runs "$runs" --check || exit 2
    install_packages run
    use_jdk
    build
    bench_apart
}

bench_option() {
    case $1 in
        --only) only=$2 ;;
        --runs) runs=$2 ;;
        --json) json_file=$(realpath -m -- "$2") ;;
    esac
}

# Processes, mounts, interfaces and firewall rules are in namespaces of their own: they vanish with the first process,
# however it ends. Files and cgroups are all that is left to delete.
bench_apart() {
    work=$(mktemp -d /var/tmp/caisson-bench-XXXXXX)
    chmod 711 "$work"
    # Whatever is named CAISSON_... is meant for the real one.
    for name in $(env | sed -n 's/^\(CAISSON_[A-Za-z0-9_]*\)=.*/\1/p'); do
        [ "$name" = CAISSON_HEAP ] || unset "$name"
    done
    unset DOCKER_HOST DOCKER_CONTEXT DOCKER_CONFIG
    export PYTHONDONTWRITEBYTECODE=1
    inside=
    trap bench_clean EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    unshare --net --mount --pid --fork --kill-child --propagation private \
        sh "$root/launcher/bench/inside" "$root" "$work" --only "$only" --runs "$runs" --json "$json_file" &
    inside=$!
    wait "$inside"
}

bench_clean() {
    code=$?
    trap - EXIT INT TERM HUP
    if [ -n "$inside" ] && ! gone "$inside"; then
        kill -KILL "$inside"
        wait "$inside" 2> /dev/null || true
    fi
    bench_instance=c$(printf '%s' "$work/caisson" | sha256sum | cut -c1-4)
    for group in "caisson-$bench_instance" "$(basename "$work")"; do
        find /sys/fs/cgroup -mindepth 1 -maxdepth 2 -type d -name "$group" 2> /dev/null | while IFS= read -r folder; do
            within 5 bench_ungroup "$folder" || say "left behind: $folder"
        done
    done
    within 5 bench_delete || say "left behind: $work"
    exit "$code"
}

bench_ungroup() {
    find "$1" -depth -type d -exec rmdir {} + 2> /dev/null
    [ ! -e "$1" ]
}

bench_delete() { rm -rf -- "${work:?}" 2> /dev/null; }
