package io.caisson.executor;

import io.caisson.executor.task.Places;
import io.caisson.kernel.NodeId;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What an operator may set about the executor. Its fields are read directly: it must not be behind a proxy. */
@Singleton
class ExecutorSettings {
    @ConfigProperty(name = "caisson.node", defaultValue = "local")
    String node = "local";

    @ConfigProperty(name = "caisson.instance", defaultValue = "c0")
    String instance = "c0";

    @ConfigProperty(name = "caisson.data", defaultValue = "/var/lib/caisson")
    Path data = Path.of("/var/lib/caisson");

    @ConfigProperty(name = "caisson.run", defaultValue = "/run/caisson")
    Path run = Path.of("/run/caisson");

    @ConfigProperty(name = "caisson.monitor", defaultValue = "/usr/local/libexec/caisson/caisson-monitor")
    Path monitor = Path.of("/usr/local/libexec/caisson/caisson-monitor");

    /** Whether containers have an init process when nobody says: Docker's {@code init} of daemon.json. */
    @ConfigProperty(name = "caisson.init", defaultValue = "false")
    boolean init;

    /** Who adds processes to running containers: {@code native}, the monitor where it can; {@code runtime}, always runc. */
    @ConfigProperty(name = "caisson.exec", defaultValue = "native")
    String exec = "native";

    @ConfigProperty(name = "caisson.runtime", defaultValue = "runc")
    String runtime = "runc";

    /** How often the host is compared with what should be on it. */
    @ConfigProperty(name = "caisson.mend-every", defaultValue = "60s")
    Duration mendEvery = Duration.ofMinutes(1);

    /** Who makes containers: {@code native}, the monitor where it can; {@code runtime}, always runc. */
    @ConfigProperty(name = "caisson.start", defaultValue = "native")
    String start = "native";

    Ways ways() {
        return new Ways(!start.equals("runtime"), !exec.equals("runtime"));
    }

    NodeId node() {
        return new NodeId(node);
    }

    Places places() {
        return new Places(data, run, instance);
    }
}
