# shellcheck shell=sh
# Runs the built-in image: with the docker CLI where there is one, else with curl alone.

hello_image=caisson/hello

say_hello() {
    if have docker; then
        docker -H "unix://$socket" load -q -i "$dist/hello.tar" > /dev/null &&
            docker -H "unix://$socket" run --rm "$hello_image"
    else
        hello_by_curl
    fi
}

api() {
    method=$1
    path=$2
    shift 2
    curl -sS --fail-with-body -X "$method" --unix-socket "$socket" "http://caisson$path" "$@"
}

hello_by_curl() {
    api POST /images/load -H 'Content-Type: application/x-tar' -T "$dist/hello.tar" > /dev/null || return 1
    # With a terminal the log is plain text, without frames.
    id=$(api POST /containers/create -H 'Content-Type: application/json' -d '{"Image":"'"$hello_image"'","Tty":true}' |
        sed -n 's/.*"Id":"\([0-9a-f]*\)".*/\1/p')
    [ -n "$id" ] || return 1
    if api POST "/containers/$id/start" && api POST "/containers/$id/wait" > /dev/null; then
        api GET "/containers/$id/logs?stdout=1&stderr=1" | tr -d '\r'
    fi
    api DELETE "/containers/$id?force=1"
}
