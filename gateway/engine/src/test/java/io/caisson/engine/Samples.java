package io.caisson.engine;

import io.caisson.container.api.ContainerDetail;
import io.caisson.container.api.ContainerState;
import io.caisson.container.api.ContainerState.Status;
import io.caisson.engine.api.ApiVersion;
import io.caisson.engine.api.container.CreateBody;
import io.caisson.executor.api.HostInfo;
import io.caisson.executor.api.LimitSupport;
import io.caisson.image.api.ImageDetail;
import io.caisson.kernel.ContainerId;
import io.caisson.oci.Digest;
import io.caisson.oci.ImageConfig;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Things of the services as their ports show them. */
final class Samples {
    static final ContainerId ID = new ContainerId("c0ffee".repeat(10) + "beef");
    static final Digest IMAGE = Digest.parse("sha256:" + "ab".repeat(32));
    static final HostInfo HOST = new HostInfo(
            "box",
            "6.1.0",
            "Debian GNU/Linux 12 (bookworm)",
            "12",
            "x86_64",
            2,
            4L << 30,
            2,
            "cgroupfs",
            "runc",
            "1.1.5",
            List.of("name=seccomp,profile=builtin"),
            true,
            true,
            true,
            true,
            true,
            true,
            false,
            true,
            List.of(),
            LimitSupport.all("0-1", "0"));

    private Samples() {}

    static ContainerDetail container(Status status, boolean terminal) {
        CreateBody body = CreateBody.parse(
                ("{\"Image\":\"busybox\",\"Cmd\":[\"sh\"],\"Tty\":" + terminal + "}").getBytes(StandardCharsets.UTF_8),
                ApiVersion.MAX);
        Instant now = Instant.now();
        return new ContainerDetail(
                TestServer.NODE,
                ID,
                "web",
                now.minusSeconds(120),
                IMAGE.toString(),
                "busybox",
                "sh",
                List.of(),
                body.config(),
                body.hostConfig(),
                new ContainerState(status, 42, 3, false, "", now.minusSeconds(65), now.minusSeconds(5), null),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                0,
                "/log",
                "/hostname",
                "/hosts",
                "/resolv.conf",
                List.of());
    }

    static ImageDetail image() {
        var config = new ImageConfig(
                "amd64", "linux", null, null, null, null, new ImageConfig.RootFs("layers", List.of()), List.of());
        return new ImageDetail(
                TestServer.NODE,
                IMAGE,
                null,
                config,
                List.of("busybox:latest"),
                List.of(),
                4_000_000,
                Instant.EPOCH,
                null);
    }
}
