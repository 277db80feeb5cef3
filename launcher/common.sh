# shellcheck shell=sh
# Words to the person at the terminal, and small tools.

say() { printf '%s\n' "$*" >&2; }

# fail CODE WORDS...
fail() {
    code=$1
    shift
    printf 'caisson: %s\n' "$*" >&2
    exit "$code"
}

have() { command -v "$1" > /dev/null 2>&1; }

need_root() {
    [ "$(id -u)" -eq 0 ] || fail 1 "$1 needs root: sudo ./caisson $1"
}

# True within SECONDS if the command is: within SECONDS COMMAND...
within() {
    tenths=$(($1 * 10))
    shift
    while [ "$tenths" -gt 0 ]; do
        if "$@"; then return 0; fi
        sleep 0.1
        tenths=$((tenths - 1))
    done
    return 1
}

json_string() {
    printf '"%s"' "$(printf '%s' "$1" | sed 's/\\/\\\\/g; s/"/\\"/g')"
}
