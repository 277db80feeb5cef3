package io.caisson.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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

    private void type(String text) {
        var _ = tmux("send-keys", "-l", text).orFail();
        key("Enter");
    }

    private void key(String name) {
        var _ = tmux("send-keys", name).orFail();
    }

    private void see(String text) {
        Await.until("the terminal shows " + text + "; it shows\n" + screen(), SOON, () -> screen().contains(text));
    }

    private String screen() {
        return tmux("capture-pane", "-p").out();
    }

    @Test
    void shouldGiveAShellThatResizesAndIsInterruptedAndExits() {
        // A prompt in the container
        type("docker run -it --rm --name e2e-tty busybox sh");
        see("/ #");

        // It has the terminal's size, also when that changes
        type("stty size; echo size-$?");
        see("30 100");
        var _ = tmux("resize-window", "-x", "90", "-y", "25").orFail();
        Await.until("the new size arrives", SOON, () -> {
            type("stty size");
            return screen().contains("25 90");
        });

        // Ctrl-C interrupts the command, not the shell
        type("sleep 1000");
        key("C-c");
        type("echo code=$?");
        see("code=130");

        // The exit code comes through
        type("exit 3");
        see("host%");
        type("echo exit=$?");
        see("exit=3");
    }

    @Test
    void shouldDetachByKeysAndComeBack() {
        type("docker run -it --name e2e-detach busybox sh");
        see("/ #");
        type("MARK=still-here");

        // Detach: the container goes on
        key("C-p");
        key("C-q");
        see("host%");
        assertThat(platform.docker("inspect", "-f", "{{.State.Status}}", "e2e-detach")
                        .run()
                        .orFail())
                .isEqualTo("running");

        // Attach: the same shell
        type("docker attach e2e-detach");
        Await.until("the shell answers", SOON, () -> {
            type("echo $MARK");
            return screen().contains("\nstill-here");
        });
        type("exit");
        see("host%");
        var _ = platform.docker("rm", "-f", "e2e-detach").run();
    }
}
