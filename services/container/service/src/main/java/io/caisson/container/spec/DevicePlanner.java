package io.caisson.container.spec;

import io.caisson.container.api.HostConfig;
import io.caisson.container.api.HostConfig.DeviceRequest;
import io.caisson.container.model.Absent;
import io.caisson.kernel.Fault;
import io.caisson.oci.RuntimeSpec.Device;
import io.caisson.oci.RuntimeSpec.DeviceRule;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Device nodes, and which devices a container's processes may touch. */
final class DevicePlanner {
    private static final Pattern RULE = Pattern.compile("([acb]) ([0-9]+|\\*):([0-9]+|\\*) ([rwm]{1,3})");
    private static final String ALL = "rwm";
    /** null, zero, full, random, urandom, tty, console: what the runtime makes in any case. */
    private static final List<long[]> USUAL = List.of(
            new long[] {1, 5}, new long[] {1, 3}, new long[] {1, 9}, new long[] {1, 8}, new long[] {5, 0}, new long[] {
                5, 1
            });

    private DevicePlanner() {}

    /** There are no drivers for devices that are asked for by what they can do: Docker's answer where it finds none. */
    static void refuseRequests(HostConfig host) {
        for (DeviceRequest request : Absent.list(host.deviceRequests())) {
            String capabilities = Absent.list(request.capabilities()).stream()
                    .map(words -> "[" + String.join(" ", words) + "]")
                    .collect(Collectors.joining(" ", "[", "]"));
            throw Fault.invalid("could not select device driver \"" + Absent.text(request.driver())
                    + "\" with capabilities: " + capabilities);
        }
    }

    static @Nullable List<Device> nodes(List<DeviceNode> devices) {
        return devices.isEmpty()
                ? null
                : devices.stream().map(DevicePlanner::node).toList();
    }

    private static Device node(DeviceNode d) {
        return new Device(d.type(), d.path(), d.major(), d.minor(), d.mode(), d.uid(), d.gid());
    }

    static List<DeviceRule> rules(HostConfig host, List<DeviceNode> devices) {
        if (host.privileged()) {
            return List.of(new DeviceRule(true, null, null, null, ALL));
        }
        List<DeviceRule> rules = new ArrayList<>();
        rules.add(new DeviceRule(false, null, null, null, ALL));
        USUAL.forEach(numbers -> rules.add(new DeviceRule(true, "c", numbers[0], numbers[1], ALL)));
        rules.add(new DeviceRule(false, "c", 10L, 229L, ALL));
        devices.forEach(d -> rules.add(new DeviceRule(true, d.type(), d.major(), d.minor(), d.access())));
        Absent.list(host.deviceCgroupRules()).forEach(text -> rules.add(rule(text)));
        return rules;
    }

    private static DeviceRule rule(String text) {
        var matcher = RULE.matcher(text);
        if (!matcher.matches()) {
            throw Fault.invalid("invalid device cgroup rule format: '" + text + "'");
        }
        return new DeviceRule(
                true, matcher.group(1), number(matcher.group(2)), number(matcher.group(3)), matcher.group(4));
    }

    private static @Nullable Long number(@Nullable String text) {
        return text == null || text.equals("*") ? null : Long.valueOf(text);
    }
}
