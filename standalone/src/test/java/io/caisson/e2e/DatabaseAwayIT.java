package io.caisson.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests while PostgreSQL does not answer: an error within a bound, and everything as before when it is back. */
class DatabaseAwayIT {
    private static final Duration BOUND = Duration.ofSeconds(60);

    private Platform platform;

    @BeforeEach
    void startAPlatformOfItsOwn() {
        platform = Platform.start();
        TestImages.busyboxOn(platform);
    }

    @AfterEach
    void closeIt() {
        signal("CONT");
        platform.close();
    }

    /** To the server and all its backends. */
    private void signal(String name) {
        var _ = Command.of(
                        "sh",
                        "-c",
                        "server=$(head -n 1 \"$(find \"$0\" -name postmaster.pid | head -n 1)\");" + " kill -" + name
                                + " $server $(pgrep -P $server)",
                        platform.home.resolve("data").toString())
                .run();
    }

    @Test
    void shouldAnswerWithAnErrorAndWorkAgainLater() {
        signal("STOP");

        var create = platform.docker("create", "--name", "while-away", "busybox")
                .within(BOUND)
                .run();
        var list = platform.docker("ps", "-a").within(BOUND).run();

        assertThat(create.exit()).isNotZero();
        assertThat(create.err()).contains("Error response from daemon: ");
        assertThat(list.exit()).isNotZero();
        assertThat(list.err()).contains("Error response from daemon: ");

        signal("CONT");

        Await.until(
                "requests are answered again",
                BOUND,
                () -> platform.docker("ps", "-a").run().exit() == 0);
        assertThat(platform.docker("run", "--rm", "busybox", "echo", "back")
                        .run()
                        .orFail())
                .isEqualTo("back");
    }
}
