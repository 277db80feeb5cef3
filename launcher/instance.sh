# shellcheck shell=sh
# Which instance is meant, and is it running.

data=
socket=
run=
instance=
tcp=
docker_socket=
config=
daemon_json=
foreground=
hello=yes
json=
follow=

parse() {
    data=${CAISSON_DATA:-}
    socket=${CAISSON_SOCKET:-}
    while [ $# -gt 0 ]; do
        case $1 in
            --data | --socket | --tcp | --config | --daemon-json)
                [ $# -gt 1 ] || fail 2 "$1 needs a value"
                option "$1" "$2"
                shift
                ;;
            --*=*) option "${1%%=*}" "${1#*=}" ;;
            --docker-socket) docker_socket=yes ;;
            --foreground) foreground=yes ;;
            --no-hello) hello=no ;;
            --json) json=yes ;;
            -f | --follow) follow=yes ;;
            *) fail 2 "unknown option: $1 (./caisson help)" ;;
        esac
        shift
    done
    locate
}

option() {
    case $1 in
        --data) data=$2 ;;
        --socket) socket=$2 ;;
        --tcp) tcp=$2 ;;
        --config) config=$2 ;;
        --daemon-json) daemon_json=$2 ;;
        *) fail 2 "unknown option: $1 (./caisson help)" ;;
    esac
}

# All names derive from the data directory, as in io.caisson.standalone.Site.
locate() {
    data=$(realpath -m -- "${data:-$(configured_data)}")
    if [ "$data" = /var/lib/caisson ]; then
        instance=c0
        run=/run/caisson
    else
        instance=c$(printf '%s' "$data" | sha256sum | cut -c1-4)
        run=/run/caisson-$instance
    fi
    [ -n "$socket" ] || socket=$(setting caisson.socket "$run/docker.sock")
    socket=$(realpath -m -- "$socket")
}

config_file() { printf '%s' "${config:-${CAISSON_CONFIG:-/etc/caisson/caisson.properties}}"; }

# setting KEY DEFAULT: what the properties file says
setting() {
    file=$(config_file)
    value=
    [ ! -r "$file" ] || value=$(sed -n "s/^ *$1 *[=:] *//p" "$file" | tail -n 1)
    printf '%s' "${value:-$2}"
}

# The properties file, then Docker's data-root, then the usual place.
configured_data() {
    file=${daemon_json:-${CAISSON_DAEMON_JSON:-/etc/caisson/daemon.json}}
    data_root=
    [ ! -r "$file" ] || data_root=$(tr -d '\n' < "$file" | sed -n 's/.*"data-root" *: *"\([^"]*\)".*/\1/p')
    setting caisson.data "${data_root:-/var/lib/caisson}"
}

pid_file() { printf '%s/caisson.pid' "$run"; }

# The fields of /proc/PID/stat behind the program's name: state, parent, ...
stat_fields() { sed 's/.*) //' "/proc/$1/stat" 2> /dev/null; }

# When a process was started, in clock ticks: tells it from a later one with the same number.
start_time() { stat_fields "$1" | cut -d' ' -f20; }

# A process that ended is gone, even while nobody has asked for its exit code.
gone() {
    case $(stat_fields "$1") in
        '' | Z* | X*) return 0 ;;
        *) return 1 ;;
    esac
}

# Prints the platform's pid; false when it doesn't run.
platform_pid() {
    [ -r "$(pid_file)" ] || return 1
    read -r pid started _ < "$(pid_file)" || return 1
    [ -n "$pid" ] && ! gone "$pid" && [ "$(start_time "$pid")" = "$started" ] && printf '%s\n' "$pid"
}

# The socket that the running platform was started with.
use_served_socket() {
    read -r _ _ socket < "$(pid_file)"
}

# Prints the database server's pid; false when none of this instance runs.
database_pid() {
    cluster=$data/postgres/cluster
    [ -r "$cluster/postmaster.pid" ] || return 1
    pid=$(head -n 1 "$cluster/postmaster.pid")
    # Its working directory, by number: it may know it under another name.
    [ "$(stat -L -c %d:%i "/proc/$pid/cwd")" = "$(stat -c %d:%i "$cluster")" ] && [ "$(cat "/proc/$pid/comm")" = postgres ] && printf '%s\n' "$pid"
} 2> /dev/null

answers() { curl -sf -o /dev/null --max-time 5 --unix-socket "$socket" http://caisson/_ping; }
