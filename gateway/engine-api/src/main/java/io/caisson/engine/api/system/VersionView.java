package io.caisson.engine.api.system;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caisson.engine.api.ApiVersion;
import io.caisson.engine.api.EngineJson;
import io.caisson.executor.api.HostInfo;
import java.util.List;
import java.util.Map;

/** {@code docker version}, server side. */
public final class VersionView {
    private static final String NOT_GO = "";

    private VersionView() {}

    /** {@code arch} in Go's words. */
    public static ObjectNode of(HostInfo host, String arch) {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        view.putObject("Platform").put("Name", "Caisson");
        view.set("Components", EngineJson.mapper().valueToTree(components(host, arch)));
        view.put("Version", ServerVersion.ENGINE);
        view.put("ApiVersion", ApiVersion.MAX.toString());
        view.put("MinAPIVersion", ApiVersion.MIN.toString());
        view.put("GitCommit", "").put("GoVersion", NOT_GO);
        view.put("Os", "linux").put("Arch", arch).put("KernelVersion", host.kernelVersion());
        view.put("BuildTime", "");
        return view;
    }

    private record Component(String name, String version, Map<String, String> details) {}

    private static List<Component> components(HostInfo host, String arch) {
        return List.of(
                new Component(
                        "Engine",
                        ServerVersion.ENGINE,
                        Map.of(
                                "ApiVersion",
                                ApiVersion.MAX.toString(),
                                "MinAPIVersion",
                                ApiVersion.MIN.toString(),
                                "Os",
                                "linux",
                                "Arch",
                                arch,
                                "KernelVersion",
                                host.kernelVersion(),
                                "Experimental",
                                "false",
                                "GitCommit",
                                "",
                                "GoVersion",
                                NOT_GO,
                                "BuildTime",
                                "")),
                new Component(
                        "Caisson",
                        ServerVersion.CAISSON,
                        Map.of("Java", Runtime.version().toString())),
                new Component(host.runtimeName(), host.runtimeVersion(), Map.of("GitCommit", "")));
    }
}
