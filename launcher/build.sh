# shellcheck shell=sh
# Builds the platform when its sources changed. A build lies in target/dist/STAMP and is never changed again: a running
# platform keeps the files that it started with.

target=$root/target
dist=

sources() {
    cd "$root" || return
    if have git && git rev-parse --git-dir > /dev/null 2>&1; then
        git ls-files -co --exclude-standard -- pom.xml .mvn libs services gateway standalone
    else
        find pom.xml .mvn libs services gateway standalone -type f -not -path '*/target/*'
    fi | grep -v -e /src/test/ -e '/monitor/test/' -e '\.md$' | LC_ALL=C sort
}

source_stamp() {
    (sources | while IFS= read -r file; do [ ! -f "$root/$file" ] || printf '%s\0' "$root/$file"; done | xargs -0 sha256sum) |
        sha256sum | cut -c1-16
}

maven() {
    (cd "$root" && mvn -B -ntp "$@")
}

build_monitor() {
    make -s -C "$root/services/executor/monitor" >&2
}

# Sets dist to the folder of the current build, after building it if need be.
build() {
    mkdir -p "$target"
    exec 8> "$target/build.lock"
    flock 8
    dist=$target/dist/$(source_stamp)
    if [ ! -d "$dist" ]; then
        install_packages run
        build_into "$dist"
    fi
    exec 8>&-
}

build_into() {
    say "Building (the first time this takes some minutes; $target/build.log tells more)"
    if ! maven -q -Dquick -pl standalone -am package > "$target/build.log" 2>&1; then
        tail -n 40 "$target/build.log" >&2
        fail 1 "the build failed: $target/build.log"
    fi
    build_monitor
    rm -rf "$target/dist.new"
    mkdir -p "$target/dist.new" "$target/dist"
    cp -a "$root/standalone/target/quarkus-app" "$target/dist.new/app"
    cp "$root/services/executor/monitor/target/caisson-monitor" "$root/services/executor/monitor/target/caisson-init" "$target/dist.new/"
    "$root/standalone/hello/pack" "$target/dist.new/hello.tar"
    mv "$target/dist.new" "$1"
    drop_old_builds "$1"
}

# The newest two stay, and those that a process still runs from.
drop_old_builds() {
    # shellcheck disable=SC2012 # the names are hex digits
    ls -1t "$target/dist" | tail -n +3 | while IFS= read -r old; do
        [ "$target/dist/$old" != "$1" ] || continue
        grep -qsF "$target/dist/$old/" /proc/[0-9]*/cmdline || rm -rf "${target:?}/dist/$old"
    done
}

jvm_options() {
    printf '%s ' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=0.05 -XX:+UseCompactObjectHeaders \
        -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20 -Xms16m "-Xmx${CAISSON_HEAP:-256m}" -XX:+ExitOnOutOfMemoryError
}

# The AOT cache belongs to one build and one JDK.
aot_cache() {
    printf '%s/%s.aot' "$dist" "$(sha256sum "$JAVA_HOME/release" | cut -c1-12)"
}

# Records the AOT cache in the background: a platform of its own, in namespaces of its own, is started, asked a few
# things and stopped again. Later starts take a third of the time.
train_in_background() {
    [ "${CAISSON_AOT:-on}" = on ] || return 0
    cache=$(aot_cache)
    [ ! -e "$cache" ] || return 0
    dist=$dist cache=$cache JAVA_HOME=$JAVA_HOME options=$(jvm_options) \
        setsid nice -n 19 sh "$root/launcher/train" > "$target/train.log" 2>&1 < /dev/null 8>&- &
}
