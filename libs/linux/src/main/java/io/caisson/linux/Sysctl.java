package io.caisson.linux;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/** Kernel parameters below {@code /proc/sys}. */
public final class Sysctl {
    private static final int LIMIT = 4096;
    private static final Path ROOT = Path.of("/proc/sys");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_@:-]+([./][A-Za-z0-9_@:.-]+)+");

    private Sysctl() {}

    /**
     * The file of a parameter. As for sysctl(8), a name whose first separator is a slash keeps its dots:
     * {@code net/ipv4/conf/eth0.100/forwarding}.
     */
    public static Path path(String name) {
        int separator = 0;
        while (separator < name.length() && name.charAt(separator) != '.' && name.charAt(separator) != '/') {
            separator++;
        }
        boolean dotted = separator < name.length() && name.charAt(separator) == '.';
        String relative = dotted ? swap(name) : name;
        Path path = ROOT.resolve(relative).normalize();
        if (!NAME.matcher(name).matches() || relative.contains("//") || !path.equals(ROOT.resolve(relative))) {
            throw new IllegalArgumentException("not the name of a kernel parameter: " + name);
        }
        return path;
    }

    /** In a dotted name a slash stands for a dot that is part of a name. */
    private static String swap(String name) {
        return name.replace('.', '\0').replace('/', '.').replace('\0', '/');
    }

    /** The value, without the line's end; one of the network as the calling thread's namespace has it. */
    public static String read(String name) {
        try (Fd file = Fd.open(path(name), Fd.O_RDONLY)) {
            return new String(file.read(LIMIT), StandardCharsets.UTF_8).strip();
        }
    }

    /** Sets a parameter; those of the network in the calling thread's network namespace. */
    public static void write(String name, String value) {
        try (Fd file = Fd.open(path(name), Fd.O_WRONLY)) {
            var _ = file.write(value.getBytes(StandardCharsets.UTF_8));
        } catch (LinuxException e) {
            throw e.call().equals("write") ? new LinuxException("write", e.errno(), name + "=" + value) : e;
        }
    }

    /** Sets parameters of another network namespace. */
    public static void writeIn(Fd network, Map<String, String> values) {
        var _ = Namespaces.inNetwork(network, () -> {
            values.forEach(Sysctl::write);
            return values.size();
        });
    }
}
