# shellcheck shell=sh
# Finds a JDK that is new enough, wherever Debian, Temurin or SDKMAN put it.

jdk_least=25

# The feature version of the JDK in a folder; nothing when there is none.
jdk_version() {
    [ -x "$1/bin/javac" ] || return 0
    if [ -r "$1/release" ]; then
        sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
    else
        "$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p'
    fi
}

jdk_candidates() {
    [ -z "${JAVA_HOME:-}" ] || printf '%s\n' "$JAVA_HOME"
    for folder in /usr/lib/jvm/* /opt/*jdk* /opt/java/* /usr/local/*jdk* \
        "$HOME"/.sdkman/candidates/java/* /home/*/.sdkman/candidates/java/*; do
        [ ! -d "$folder" ] || printf '%s\n' "$folder"
    done
    if have javac; then
        dirname -- "$(dirname -- "$(readlink -f -- "$(command -v javac)")")"
    fi
}

# Prints the JDK's folder; false when there is none.
find_jdk() {
    found=$(jdk_candidates | while IFS= read -r folder; do
        version=$(jdk_version "$folder")
        if [ "${version:-0}" -ge "$jdk_least" ]; then
            printf '%s\n' "$folder"
            break
        fi
    done)
    [ -n "$found" ] && printf '%s\n' "$found"
}

use_jdk() {
    JAVA_HOME=$(find_jdk) || fail 1 "no JDK $jdk_least or newer found. Looked at JAVA_HOME, /usr/lib/jvm, /opt, SDKMAN and PATH.
  Debian:  add https://packages.adoptium.net/artifactory/deb, then: apt-get install temurin-$jdk_least-jdk
  SDKMAN:  sdk install java $jdk_least-tem
  or unpack one anywhere and set JAVA_HOME."
    export JAVA_HOME
}
