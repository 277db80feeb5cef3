package io.caisson.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Login, push and pull by the docker CLI, at registries that are open and at one that is not. */
class RegistryIT {
    @TempDir
    Path home;

    private Command docker(Platform platform, String... words) {
        return platform.docker(words)
                .with("DOCKER_CONFIG", home.resolve("client").toString());
    }

    @Test
    void shouldPushAndPullWhenLoggedIn() {
        Platform platform = Platform.shared();
        TestImages.busyboxOn(platform);
        try (var registry = PrivateRegistry.start(home)) {
            String image = registry.domain() + "/team/app:v1";
            var _ = docker(platform, "tag", "busybox", image).run().orFail();

            // Nobody, then somebody else, then the right one.
            assertThat(docker(platform, "push", image).run().err()).contains("no basic auth credentials");
            assertThat(docker(platform, "login", "-u", PrivateRegistry.USER, "--password-stdin", registry.domain())
                            .input("wrong")
                            .run()
                            .err())
                    .contains("401 Unauthorized");
            assertThat(docker(platform, "login", "-u", PrivateRegistry.USER, "--password-stdin", registry.domain())
                            .input(PrivateRegistry.PASSWORD)
                            .run()
                            .orFail())
                    .contains("Login Succeeded");
            assertThat(docker(platform, "push", image).run().orFail())
                    .contains("The push refers to repository [" + registry.domain() + "/team/app]")
                    .contains(": Pushed")
                    .containsPattern("v1: digest: sha256:[0-9a-f]{64} size: [0-9]+");
            assertThat(docker(platform, "push", image).run().orFail())
                    .contains(": Layer already exists")
                    .doesNotContain(": Pushed");

            // What was pushed is what comes back.
            var _ = docker(platform, "rmi", image).run().orFail();
            assertThat(docker(platform, "pull", image).run().orFail()).contains("Status: Downloaded newer image for");
            assertThat(docker(platform, "run", "--rm", image, "cat", "/etc/layer")
                            .run()
                            .orFail())
                    .isEqualTo("second");
            var _ = docker(platform, "logout", registry.domain()).run().orFail();
            assertThat(docker(platform, "pull", image).run().err()).contains("no basic auth credentials");
            var _ = docker(platform, "rmi", image).run().orFail();
        }
    }

    @Test
    void shouldUploadNothingWhenAPlainLayerWasPushedBefore() {
        Platform platform = Platform.shared();
        String first = TestRegistry.shared().reference("plain/first:v1");
        String second = TestRegistry.shared().reference("plain/second:v1");
        var _ = Command.of("sh", "-c", "cd \"$0\" && echo unique-$$ >a && tar -cf plain.tar a", home.toString())
                .run()
                .orFail();
        var _ = docker(platform, "import", home.resolve("plain.tar").toString(), first)
                .run()
                .orFail();
        var _ = docker(platform, "tag", first, second).run().orFail();

        assertThat(docker(platform, "push", first).run().orFail()).contains(": Pushed");
        assertThat(docker(platform, "push", first).run().orFail()).contains(": Layer already exists");
        assertThat(docker(platform, "push", second).run().orFail()).contains(": Mounted from plain/first");
        assertThat(docker(platform, "push", "--all-tags", second.replace(":v1", ""))
                        .run()
                        .orFail())
                .contains("v1: digest: sha256:");
        var _ = docker(platform, "rmi", first, second).run().orFail();
    }
}
