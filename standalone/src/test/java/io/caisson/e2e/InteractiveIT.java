package io.caisson.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code docker run -it} in a real terminal, driven through tmux. */
class InteractiveIT {
    private static final Duration SOON = Duration.ofSeconds(15);

    private final String server = "caisson-e2e-" + ProcessHandle.current().pid();
    private Platform platform;

    @BeforeEach
    void openTerminal() {
        Requirements.program("tmux");
        platform = Platform.shared();
        TestImages.busyboxOn(platform);
        var _ = tmux(
                        "new-session",
                        "-d",
                        "-x",
                        "100",
                        "-y",
                        "30",
                        "env",
                        "DOCKER_HOST=unix://" + platform.socket,
                        "PS1=host% ",
                        "sh")
                .orFail();
    }

    @AfterEach
    void closeTerminal() {
        var _ = tmux("kill-server");
    }

    private Command.Result tmux(String... words) {
        var all = new java.util.ArrayList<>(java.util.List.of("tmux", "-L", server, "-f", "/dev/null"));
        all.addAll(java.util.List.of(words));
        return Command.of(all.toArray(String[]::new)).run();
    }

    private String docker(String... words) {
        return platform.docker(words).run().orFail();
    }

    private void type(String text) {
        var _ = tmux("send-keys", "-l", text).orFail();
        key("Enter");
    }

    private void key(String name) {
        var _ = tmux("send-keys", name).orFail();
    }

    private void see(String text) {
        await("shows " + text, () -> screen().contains(text));
    }

    /** Waits until {@code text}, a prompt, is the last thing on the screen: what was typed before has been dealt with. */
    private void prompt(String text) {
        await("prompts " + text, () -> screen().stripTrailing().endsWith("\n" + text));
    }

    private void await(String what, BooleanSupplier condition) {
        try {
            Await.until("the terminal " + what, SOON, condition);
        } catch (AssertionError late) {
            throw new AssertionError(late.getMessage() + "; it shows\n" + screen(), late);
        }
    }

    private String screen() {
        return tmux("capture-pane", "-p").out();
    }

    @Test
    void shouldGiveAShellThatResizesAndIsInterruptedAndExits() {
        // A prompt in the container
        type("docker run -it --rm --name e2e-tty busybox sh");
        prompt("/ #");

        // It has the terminal's size, also when that changes
        type("stty size; echo size-$?");
        see("30 100");
        var _ = tmux("resize-window", "-x", "90", "-y", "25").orFail();
        await("has the new size", () -> {
            type("stty size");
            return screen().contains("25 90");
        });

        // Ctrl-C interrupts the command, not the shell
        prompt("/ #");
        type("echo fall''ing asleep; sleep 1000");
        see("falling asleep");
        key("C-c");
        prompt("/ #");
        type("echo code=$?");
        see("code=130");

        // The exit code comes through
        type("exit 3");
        prompt("host%");
        type("echo exit=$?");
        see("exit=3");
    }

    @Test
    void shouldDetachByKeysAndComeBack() {
        type("docker run -it --name e2e-detach busybox sh -c"
                + " 'while read -r line; do n=$((n+1)); echo \"$n: $line\"; [ \"$line\" != end ] || exit 4; done'");
        type("one");
        see("1: one");

        // Detach: the container goes on
        key("C-p");
        key("C-q");
        prompt("host%");
        assertThat(docker("inspect", "-f", "{{.State.Status}}", "e2e-detach")).isEqualTo("running");

        // Attach: the same process, to which no word is lost
        type("docker attach e2e-detach");
        type("two");
        see("2: two");
        type("end");
        see("3: end");
        prompt("host%");
        type("echo exit=$?");
        see("exit=4");
        var _ = docker("rm", "e2e-detach");
    }
}
