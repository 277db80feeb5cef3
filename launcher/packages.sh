# shellcheck shell=sh
# Host packages: the lists are in launcher/packages.

# The packages of a list that are missing here, on one line.
missing_packages() {
    sed -e 's/#.*//' -e '/^ *$/d' "$root/launcher/packages/$1.list" | while read -r package program; do
        if [ -n "$program" ] && have "$program"; then continue; fi
        if have dpkg-query && [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2> /dev/null)" = installed ]; then continue; fi
        printf '%s ' "$package"
    done
}

install_packages() {
    missing=$(missing_packages "$1")
    [ -n "$missing" ] || return 0
    have apt-get || fail 1 "please install what these Debian packages hold: $missing"
    need_root up
    say "Installing $missing"
    # shellcheck disable=SC2086
    if ! DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 install -y --no-install-recommends $missing > /dev/null 2>&1; then
        DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 update
        # shellcheck disable=SC2086
        DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 install -y --no-install-recommends $missing > /dev/null
    fi
}
