package io.caisson.executor.spec;

import io.caisson.executor.api.GeneratedFiles;
import io.caisson.executor.task.Places;
import io.caisson.executor.task.TaskFolder;
import io.caisson.network.api.NetworkPlan;
import io.caisson.network.api.NetworkPlan.Sandbox;
import io.caisson.oci.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the files that Docker generates for a container, and mounts them over. Blocks. */
public final class HostNames {
    private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");
    /** What systemd-resolved knows behind its own server on the loopback. */
    private static final Path RESOLVED = Path.of("/run/systemd/resolve/resolv.conf");

    private static final Path HOSTS = Path.of("/etc/hosts");
    private static final String HOSTNAME_TARGET = "/etc/hostname";
    private static final String HOSTS_TARGET = "/etc/hosts";
    private static final String RESOLV_TARGET = "/etc/resolv.conf";
    private static final List<String> BIND = List.of("rbind", "rprivate");

    private final Places places;

    public HostNames(Places places) {
        this.places = places;
    }

    /** Writes what the sandbox needs; the mounts of those targets that no mount of the user's covers. */
    public List<Mount> write(TaskFolder folder, NetworkPlan network, GeneratedFiles files) throws IOException {
        Files.createDirectories(folder.data());
        Files.writeString(folder.hostname(), files.hostname() + "\n");
        return switch (network.sandbox()) {
            case Sandbox.Private() -> {
                Files.writeString(folder.hosts(), HostsFile.of(files.hostsLines()));
                Files.writeString(folder.resolvConf(), resolvConf(network, files));
                yield mounts(folder, folder, files.mountTargets());
            }
            case Sandbox.Host() -> {
                Files.writeString(folder.hosts(), hostHosts(files));
                Files.writeString(folder.resolvConf(), hostNetworkResolver(files));
                yield mounts(folder, folder, files.mountTargets());
            }
            case Sandbox.Joined(var other) -> mounts(places.folder(other), folder, files.mountTargets());
        };
    }

    /** Of a container that runs: in place, as the files are mounted there. */
    public void rewrite(TaskFolder folder, NetworkPlan before, NetworkPlan after, @Nullable GeneratedFiles files)
            throws IOException {
        String hostname = readIfThere(folder.hostname()).strip();
        String hosts = readIfThere(folder.hosts());
        Files.writeString(folder.hosts(), HostsFile.moved(hosts, addresses(before), addresses(after), hostname));
        boolean named = (before.resolver() != null) != (after.resolver() != null);
        if (named && files != null) {
            Files.writeString(folder.resolvConf(), resolvConf(after, files));
        }
    }

    private static List<String> addresses(NetworkPlan plan) {
        return plan.interfaces().stream()
                .map(link -> link.address().substring(0, link.address().indexOf('/')))
                .toList();
    }

    private static String resolvConf(NetworkPlan network, GeneratedFiles files) throws IOException {
        ResolvConf conf = hostResolver().forContainer(files);
        return (network.resolver() == null ? conf : conf.embedded(files)).text();
    }

    /** Whom this host asks; that may be somebody on its loopback. */
    public static List<String> hostServers() throws IOException {
        return ResolvConf.parse(readIfThere(RESOLV_CONF)).servers();
    }

    private static List<Mount> mounts(TaskFolder source, TaskFolder own, List<String> targets) {
        var mounts = new ArrayList<Mount>();
        for (String target : targets) {
            switch (target) {
                case HOSTNAME_TARGET -> mounts.add(bind(own.hostname(), target));
                case HOSTS_TARGET -> mounts.add(bind(source.hosts(), target));
                case RESOLV_TARGET -> mounts.add(bind(source.resolvConf(), target));
                default -> throw new IllegalArgumentException("nothing is generated for " + target);
            }
        }
        return mounts;
    }

    private static Mount bind(Path source, String target) {
        return new Mount("bind", source.toString(), target, BIND);
    }

    private static ResolvConf hostResolver() throws IOException {
        ResolvConf host = ResolvConf.parse(readIfThere(RESOLV_CONF));
        return host.hasOnlyLoopback() && Files.isReadable(RESOLVED)
                ? ResolvConf.parse(Files.readString(RESOLVED))
                : host;
    }

    /** The host's servers on the loopback are reachable there. */
    private static String hostNetworkResolver(GeneratedFiles files) throws IOException {
        boolean asked = !files.dns().isEmpty()
                || !files.dnsSearch().isEmpty()
                || !files.dnsOptions().isEmpty();
        String host = readIfThere(RESOLV_CONF);
        return asked ? ResolvConf.parse(host).forContainer(files).text() : host;
    }

    private static String hostHosts(GeneratedFiles files) throws IOException {
        String host = readIfThere(HOSTS);
        String text = host.isEmpty() || host.endsWith("\n") ? host : host + "\n";
        return files.hostsLines().isEmpty() ? text : text + String.join("\n", files.hostsLines()) + "\n";
    }

    private static String readIfThere(Path file) throws IOException {
        return Files.isReadable(file) ? Files.readString(file) : "";
    }
}
