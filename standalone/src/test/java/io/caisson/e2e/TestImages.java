package io.caisson.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Images made from what Debian installs. */
final class TestImages {
    private static @Nullable String busybox;

    private TestImages() {}

    /** A reference in the test registry: busybox with all its applets, two layers, {@code sh} by default. */
    static synchronized String busybox() {
        if (busybox == null) {
            busybox = pushBusybox();
        }
        return busybox;
    }

    /** Pulls {@link #busybox()} once and names it {@code busybox}. */
    static void busyboxOn(Engine engine) {
        if (engine.docker("image", "inspect", "busybox").run().exit() != 0) {
            var _ = engine.docker("pull", busybox()).run().orFail();
            var _ = engine.docker("tag", busybox(), "busybox").run().orFail();
        }
    }

    private static String pushBusybox() {
        try {
            Path work = Files.createTempDirectory("caisson-busybox-");
            try {
                var _ = Command.of("sh", "-euc", """
                        cd "$0"
                        mkdir -p base/bin base/tmp base/etc base/root base/var top/etc
                        chmod 1777 base/tmp
                        cp "$(command -v busybox)" base/bin/busybox
                        for applet in $(base/bin/busybox --list); do
                            [ "$applet" = busybox ] || ln -s busybox "base/bin/$applet"
                        done
                        printf 'root:x:0:0:root:/root:/bin/sh\\nnobody:x:65534:65534:nobody:/:/bin/false\\n' >base/etc/passwd
                        printf 'root:x:0:\\nwheel:x:10:root\\nnobody:x:65534:\\n' >base/etc/group
                        echo second >top/etc/layer
                        tar -C base --owner=0 --group=0 -cf base.tar .
                        tar -C top --owner=0 --group=0 -cf top.tar .
                        gzip -kn base.tar top.tar
                        """, work.toString()).run().orFail();
                String config = """
                        {"architecture":"amd64","os":"linux","created":"2026-01-02T03:04:05Z",\
                        "config":{"Env":["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],"Cmd":["sh"]},\
                        "rootfs":{"type":"layers","diff_ids":["%s","%s"]},\
                        "history":[{"created_by":"base"},{"created_by":"top"}]}""".formatted(
                                TestRegistry.digest(Files.readAllBytes(work.resolve("base.tar"))),
                                TestRegistry.digest(Files.readAllBytes(work.resolve("top.tar"))));
                return TestRegistry.shared()
                        .push(
                                "test/busybox",
                                "latest",
                                config,
                                List.of(work.resolve("base.tar.gz"), work.resolve("top.tar.gz")));
            } finally {
                Places.delete(work);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
