package io.caisson.container.spec;

import io.caisson.container.api.HostConfig;
import io.caisson.container.model.Absent;
import io.caisson.oci.RuntimeSpec.Namespace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which namespaces a container has to itself. The network's is the executor's business. */
final class NamespacePlanner {
    private static final String HOST = "host";

    private NamespacePlanner() {}

    static List<Namespace> plan(HostConfig host, @Nullable String pidNamespace, @Nullable String ipcNamespace) {
        List<Namespace> namespaces = new ArrayList<>();
        namespaces.add(new Namespace("mount", null));
        if (!Absent.text(host.utsMode()).equals(HOST)) {
            namespaces.add(new Namespace("uts", null));
        }
        if (!Absent.text(host.pidMode()).equals(HOST)) {
            namespaces.add(new Namespace("pid", pidNamespace));
        }
        String ipc = Absent.text(host.ipcMode());
        if (!ipc.equals(HOST)) {
            namespaces.add(new Namespace("ipc", ipcNamespace));
        }
        if (Absent.text(host.cgroupnsMode()).equals("private")) {
            namespaces.add(new Namespace("cgroup", null));
        }
        return namespaces;
    }
}
