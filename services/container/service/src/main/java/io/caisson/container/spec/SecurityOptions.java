package io.caisson.container.spec;

import io.caisson.container.api.HostConfig;
import io.caisson.container.model.Absent;
import io.caisson.kernel.Fault;

/**
 * What {@code --security-opt} asks for.
 *
 * @param seccomp empty for the default, {@code unconfined}, or a profile's JSON
 * @param apparmor a profile's name; empty for the default
 */
public record SecurityOptions(String seccomp, String apparmor, boolean noNewPrivileges, boolean writableCgroups) {
    /** @throws Fault INVALID for what is not an option */
    public static SecurityOptions parse(HostConfig host) {
        var options = new SecurityOptions("", "", false, false);
        for (String text : Absent.list(host.securityOpt())) {
            options = options.with(text);
        }
        return options;
    }

    private SecurityOptions with(String text) {
        int end = separator(text);
        if (end < 0 && !text.equals("no-new-privileges") && !text.equals("writable-cgroups")) {
            throw Fault.invalid("invalid --security-opt 1: \"" + text + "\"");
        }
        String key = end < 0 ? text : text.substring(0, end);
        String value = end < 0 ? "" : text.substring(end + 1);
        return switch (key) {
            case "seccomp" ->
                new SecurityOptions(value.equals("builtin") ? "" : value, apparmor, noNewPrivileges, writableCgroups);
            case "apparmor" -> new SecurityOptions(seccomp, value, noNewPrivileges, writableCgroups);
            case "no-new-privileges" ->
                new SecurityOptions(seccomp, apparmor, value.isEmpty() || bool(text, value), writableCgroups);
            case "writable-cgroups" ->
                new SecurityOptions(seccomp, apparmor, noNewPrivileges, value.isEmpty() || bool(text, value));
            case "label" -> this;
            case "systempaths" -> {
                if (!value.equals("unconfined")) {
                    throw invalid(text);
                }
                yield this;
            }
            default -> throw invalid(text);
        };
    }

    private static int separator(String text) {
        int equals = text.indexOf('=');
        int colon = text.indexOf(':');
        if (equals < 0 || colon < 0) {
            return Math.max(equals, colon);
        }
        return Math.min(equals, colon);
    }

    private static boolean bool(String text, String value) {
        return switch (value) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw invalid(text);
        };
    }

    private static Fault invalid(String text) {
        return Fault.invalid("invalid --security-opt 2: \"" + text + "\"");
    }
}
