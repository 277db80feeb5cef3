package io.caisson.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a client may get wrong: answered with Docker's status and text, and nothing is left behind. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputIT {
    private Platform platform;
    private String before;

    @BeforeAll
    void takeStock() {
        platform = Platform.shared();
        TestImages.busyboxOn(platform);
        var _ = platform.docker("create", "--name", "bad-input", "busybox")
                .run()
                .orFail();
        before = stock();
    }

    @AfterAll
    void nothingIsLeftBehind() {
        assertThat(stock()).isEqualTo(before);
        var _ = platform.docker("rm", "bad-input").run().orFail();
    }

    private String stock() {
        return Stream.of("ps -aq", "volume ls -q", "network ls -q", "images -aq")
                .map(words -> platform.docker(words.split(" ")).run().orFail())
                .reduce("", (a, b) -> a + "\n--\n" + b);
    }

    private record Answer(int status, String body) {}

    private Answer ask(String method, String path, String body) {
        String out = Command.of(
                        "curl",
                        "-s",
                        "--max-time",
                        "30",
                        "--unix-socket",
                        platform.socket.toString(),
                        "-X",
                        method,
                        "-H",
                        "Content-Type: application/json",
                        "--data-binary",
                        "@-",
                        "-w",
                        "\n%{http_code}",
                        "http://d/v1.47" + path)
                .input(body)
                .run()
                .orFail();
        int line = out.lastIndexOf('\n');
        return new Answer(
                Integer.parseInt(out.substring(line + 1)),
                line < 0 ? "" : out.substring(0, line).strip());
    }

    private static String host(String more) {
        return "{\"Image\":\"busybox\",\"HostConfig\":{" + more + "}}";
    }

    static Stream<Arguments> creations() {
        return Stream.of(
                arguments("{\"Image\":\"nope\"}", 404, "No such image: nope:latest"),
                arguments("{\"Image\":\"bad::ref\"}", 400, "invalid reference format"),
                arguments("{\"Image\":\"UPPER\"}", 400, "must be lowercase"),
                arguments("{}", 400, "config cannot be empty in order to create a container"),
                arguments("", 400, "invalid JSON: got EOF while reading request body"),
                arguments("{\"Image\":\"busybox\"", 400, "invalid JSON: unexpected EOF"),
                arguments("{\"Image\":\"busybox\"} more", 400, "invalid JSON: invalid character 'm'"),
                arguments("[]", 400, "cannot unmarshal array"),
                arguments("{\"Image\":5}", 400, "cannot unmarshal number into Go struct field Image of type string"),
                arguments("{\"Image\":\"busybox\",\"Cmd\":5}", 400, "cannot unmarshal number into Go struct field Cmd"),
                arguments(host("\"Memory\":\"big\""), 400, "field Memory of type int64"),
                arguments(host("\"Memory\":1024"), 400, "Minimum memory limit allowed is 6MB"),
                arguments(host("\"Runtime\":\"nope\""), 400, "unknown or invalid runtime name: nope"),
                arguments(host("\"IpcMode\":\"bogus\""), 400, "invalid IPC mode: bogus"),
                arguments(host("\"PidMode\":\"container:nope\""), 400, "No such container: nope"),
                arguments(host("\"NetworkMode\":\"container:nope\""), 400, "No such container: nope"),
                arguments(host("\"VolumesFrom\":[\"nope\"]"), 400, "No such container: nope"),
                arguments(host("\"VolumesFrom\":[\"nope:bogus\"]"), 400, "invalid mode: bogus"),
                arguments(
                        host("\"Links\":[\"nope:x\"]"),
                        400,
                        "could not get container for nope: No such container: nope"),
                arguments(
                        host("\"NetworkMode\":\"host\",\"Links\":[\"a:b\"]"),
                        400,
                        "conflicting options: host type networking can't be used with links"),
                arguments(
                        host("\"NetworkMode\":\"container:a\",\"PortBindings\":{\"80/tcp\":[{}]}"),
                        400,
                        "conflicting options: port publishing and the container type network mode"),
                arguments(host("\"PortBindings\":{\"bogus/tcp\":[{}]}"), 400, "invalid port specification"),
                arguments(host("\"PortBindings\":{\"80/tcp\":[{\"HostPort\":\"x\"}]}"), 400, "\"x\""),
                arguments(host("\"Binds\":[\"rel/x:/x\"]"), 400, "create rel/x: \"rel/x\" includes invalid characters"),
                arguments(host("\"Binds\":[\"vol:x\"]"), 400, "invalid volume specification: 'vol:x': invalid mount"),
                arguments(host("\"Binds\":[\"/tmp:/x:bogus\"]"), 400, "invalid mode: bogus"),
                arguments(
                        host("\"Mounts\":[{\"Type\":\"bind\",\"Source\":\"/nonexist\",\"Target\":\"/x\"}]"),
                        400,
                        "invalid mount config for type \"bind\": bind source path does not exist: /nonexist"),
                arguments(
                        host("\"Mounts\":[{\"Type\":\"odd\",\"Target\":\"/x\"}]"),
                        400,
                        "invalid mount config for type \"odd\": mount type unknown"),
                arguments(host("\"Binds\":[\"/tmp:/x\",\"/etc:/x\"]"), 400, "Duplicate mount point: /x"),
                arguments(host("\"SecurityOpt\":[\"odd=1\"]"), 400, "invalid --security-opt 2: \"odd=1\""),
                arguments(host("\"CapAdd\":[\"ODD\"]"), 400, "unknown capability: \"CAP_ODD\""),
                arguments(
                        host("\"RestartPolicy\":{\"Name\":\"always\"},\"AutoRemove\":true"),
                        400,
                        "can't create 'AutoRemove' container with restart policy"),
                arguments(host("\"LogConfig\":{\"Type\":\"odd\"}"), 400, "error looking up logging plugin odd"),
                arguments(host("\"StorageOpt\":{\"odd\":\"1\"}"), 400, "Unknown option odd"));
    }

    @ParameterizedTest
    @MethodSource("creations")
    void shouldRefuseToCreate(String body, int status, String text) {
        assertAnswer(ask("POST", "/containers/create", body), status, text);
    }

    static Stream<Arguments> requests() {
        return Stream.of(
                arguments("POST /containers/create?name=_x", host(""), 400, "Invalid container name (_x), only"),
                arguments(
                        "POST /containers/create?name=bad-input",
                        host(""),
                        409,
                        "The container name \\\"/bad-input\\\" is already in use by container"),
                arguments("POST /containers/bad-input/kill?signal=ODD", "", 400, "invalid signal: ODD"),
                arguments("POST /containers/bad-input/kill", "", 409, "is not running"),
                arguments("POST /containers/bad-input/pause", "", 409, "is not running"),
                arguments("POST /containers/bad-input/stop?t=x", "", 400, "strconv.Atoi: parsing \\\"x\\\""),
                arguments("POST /containers/bad-input/rename?name=a%20b", "", 400, "Invalid container name"),
                arguments("POST /containers/bad-input/exec", "{\"Cmd\":[\"true\"]}", 409, "is not running"),
                arguments("GET /containers/bad-input/logs", "", 400, "you must choose at least one stream"),
                arguments("POST /containers/bad-input/wait?condition=odd", "", 400, "invalid condition"),
                arguments("POST /containers/nope/start", "", 404, "No such container: nope"),
                arguments("DELETE /containers/nope", "", 404, "No such container: nope"),
                arguments("GET /containers/json?filters=odd", "", 400, "invalid filter"),
                arguments("GET /containers/json?filters={\"odd\":[\"1\"]}", "", 400, "invalid filter 'odd'"),
                arguments(
                        "GET /containers/json?filters={\"status\":[\"odd\"]}", "", 400, "invalid filter 'status=odd'"),
                arguments("GET /containers/json?limit=x", "", 400, "strconv.Atoi"),
                arguments("GET /images/json?filters={\"odd\":[\"1\"]}", "", 400, "invalid filter 'odd'"),
                arguments("GET /volumes?filters={\"odd\":[\"1\"]}", "", 400, "invalid filter 'odd'"),
                arguments("GET /networks?filters={\"odd\":[\"1\"]}", "", 400, "invalid filter 'odd'"),
                arguments("POST /containers/prune?filters={\"odd\":[\"1\"]}", "", 400, "invalid filter 'odd'"),
                arguments("GET /system/df?type=odd", "", 400, "unknown object type: odd"),
                arguments("GET /images/nope/json", "", 404, "No such image: nope:latest"),
                arguments("DELETE /images/nope", "", 404, "No such image: nope:latest"),
                arguments("POST /images/create?fromImage=bad::ref", "", 400, "invalid reference format"),
                arguments("GET /networks/nope", "", 404, "network nope not found"),
                arguments("DELETE /networks/bridge", "", 403, "bridge is a pre-defined network and cannot be removed"),
                arguments("POST /networks/create", "{\"Name\":\"n\",\"Driver\":\"odd\"}", 404, "plugin not found"),
                arguments(
                        "POST /networks/create",
                        "{\"Name\":\"n\",\"IPAM\":{\"Config\":[{\"Subnet\":\"odd\"}]}}",
                        400,
                        "invalid subnet odd"),
                arguments("GET /volumes/nope", "", 404, "get nope: no such volume"),
                arguments("POST /volumes/create", "{\"Name\":\"a/b\"}", 400, "includes invalid characters"),
                arguments("POST /volumes/create", "{\"Name\":\"a\"}", 400, "volume name is too short"),
                arguments("POST /volumes/create", "{\"Name\":5}", 400, "cannot unmarshal number"),
                arguments(
                        "POST /volumes/create",
                        "{\"Name\":\"vv\",\"Driver\":\"odd\"}",
                        404,
                        "plugin \\\"odd\\\" not found"),
                arguments(
                        "POST /volumes/create",
                        "{\"Name\":\"vv\",\"DriverOpts\":{\"odd\":\"1\"}}",
                        400,
                        "create vv: invalid option: \\\"odd\\\""),
                arguments(
                        "POST /volumes/create",
                        "{\"Name\":\"vv\",\"DriverOpts\":{\"type\":\"tmpfs\"}}",
                        400,
                        "create vv: missing required option: \\\"device\\\""),
                arguments("GET /nope", "", 404, "page not found"));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void shouldRefuse(String request, String body, int status, String text) {
        String[] words = request.split(" ", 2);
        String path = words[1].replace("{", "%7B")
                .replace("}", "%7D")
                .replace("[", "%5B")
                .replace("]", "%5D");
        assertAnswer(ask(words[0], path.replace("\"", "%22"), body), status, text);
    }

    private static void assertAnswer(Answer answer, int status, String text) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        String plain =
                answer.body().contains(text) ? answer.body() : answer.body().replace("\\\"", "\"");
        assertThat(plain).contains(text);
    }

    @Test
    void shouldPassOverFieldsThatItDoesNotKnow() {
        var made = ask("POST", "/containers/create?name=bad-input-2", "{\"Image\":\"busybox\",\"Odd\":{\"a\":1}}");

        assertThat(made.status()).isEqualTo(201);
        assertThat(ask("DELETE", "/containers/bad-input-2", "").status()).isEqualTo(204);
    }

    @Test
    void shouldRefuseABodyThatIsTooLarge() {
        String body = host("\"Binds\":[\"" + "x".repeat(16 << 20) + "\"]");

        assertThat(ask("POST", "/containers/create", body).status()).isBetween(400, 499);
    }

    @Test
    void shouldMakeTheSourceOfAVolumeFlagOnly() {
        String missing = platform.home.resolve("made-by-v").toString();

        assertThat(platform.docker("run", "--rm", "-v", missing + ":/x", "busybox", "ls", "-d", "/x")
                        .run()
                        .orFail())
                .isEqualTo("/x");
    }

    @Test
    void shouldRefuseAPortThatIsInUse() {
        String first = platform.docker("run", "-d", "-p", "127.0.0.1:0:80", "busybox", "sleep", "60")
                .run()
                .orFail();
        try {
            String port = platform.docker("port", first, "80").run().orFail();
            var second = platform.docker("run", "--rm", "-p", port + ":80", "busybox", "true")
                    .run();

            assertThat(second.exit()).isEqualTo(125);
            assertThat(second.err()).contains("port is already allocated");
        } finally {
            var _ = platform.docker("rm", "-f", first).run().orFail();
        }
    }

    @Test
    void shouldWarnOfPortsThatAreNotPublished() {
        var run = platform.docker("run", "--rm", "--network", "host", "-p", "80:80", "busybox", "true")
                .run();

        assertThat(run.exit()).isZero();
        assertThat(run.err()).contains("WARNING: Published ports are discarded when using host network mode");
    }

    @Test
    void shouldTellWhatCannotBeRun() {
        for (var command : List.of(List.of("/nope", "127"), List.of("/etc", "126"))) {
            var run = platform.docker("run", "--rm", "busybox", command.getFirst())
                    .run();

            assertThat(run.exit()).isEqualTo(Integer.parseInt(command.getLast()));
            assertThat(run.err()).contains("exec: \"" + command.getFirst() + "\":");
        }
    }
}
