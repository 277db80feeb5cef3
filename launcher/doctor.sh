# shellcheck shell=sh
# Looks at the host: one line per thing, and what to do where something is missing. Exit code 1 when something is.

trouble=0

# check WHAT ADVICE COMMAND...
check() {
    what=$1
    advice=$2
    shift 2
    if "$@" > /dev/null 2>&1; then
        printf 'ok       %s\n' "$what"
    else
        trouble=1
        printf 'MISSING  %s\n         %s\n' "$what" "$advice"
    fi
}

doctor() {
    printf 'kernel   %s\n' "$(uname -sr)"
    printf 'cgroups  %s\n' "$(cgroup_layout)"
    check "root" "run it with sudo" is_root
    check "JDK $jdk_least or newer: $(find_jdk || true)" "see ./caisson up for where to get one" find_jdk
    check "packages to run" "./caisson up installs: $(missing_packages run)" nothing_missing run
    check "packages to test" "./caisson test installs: $(missing_packages test)" nothing_missing test
    check "overlay file systems" "modprobe overlay, or a kernel with CONFIG_OVERLAY_FS" has_filesystem overlay
    check "namespaces" "a kernel with CONFIG_NAMESPACES; not allowed inside every container" unshare -n -m -p -i -u -f true
    check "veth interfaces" "modprobe veth, or CONFIG_VETH" in_netns "ip link add v0 type veth peer name v1"
    check "bridges" "modprobe bridge, or CONFIG_BRIDGE" in_netns "ip link add br0 type bridge"
    check "nftables with NAT" "modprobe nf_tables nft_chain_nat, or CONFIG_NF_TABLES and CONFIG_NFT_NAT" \
        in_netns "nft 'add table ip t; add chain ip t c { type nat hook postrouting priority 100; }; add rule ip t c masquerade'"
    check "seccomp" "a kernel with CONFIG_SECCOMP_FILTER" grep -q '^Seccomp_filters\|^Seccomp:' /proc/self/status
    check "controllers for limits (cpu, memory, pids)" "see your distribution's cgroup documentation" has_controllers
    check "OCI runtime (runc)" "apt-get install runc" runc --version
    return "$trouble"
}

is_root() { [ "$(id -u)" -eq 0 ]; }

nothing_missing() { [ -z "$(missing_packages "$1")" ]; }

has_filesystem() { modprobe "$1" 2> /dev/null || true; grep -qw "$1" /proc/filesystems; }

in_netns() { unshare -n sh -c "$1"; }

cgroup_layout() {
    case $(stat -f -c %T /sys/fs/cgroup 2> /dev/null) in
        cgroup2fs) printf 'v2' ;;
        tmpfs)
            if [ -d /sys/fs/cgroup/unified ]; then printf 'hybrid (v1 with v2 beside it)'; else printf 'v1'; fi
            ;;
        *) printf 'not mounted at /sys/fs/cgroup' ;;
    esac
}

has_controllers() {
    for controller in cpu memory pids; do
        grep -qw "$controller" /sys/fs/cgroup/cgroup.controllers 2> /dev/null ||
            grep -q "^${controller}[[:space:]].*1\$" /proc/cgroups || return 1
    done
}
