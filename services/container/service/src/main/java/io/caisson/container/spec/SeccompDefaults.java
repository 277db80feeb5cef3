package io.caisson.container.spec;

import io.caisson.oci.RuntimeSpec.Arg;
import io.caisson.oci.RuntimeSpec.Seccomp;
import io.caisson.oci.RuntimeSpec.Syscall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The system calls a container may use unless it asks for something else: Docker's default profile. */
final class SeccompDefaults {
    private static final String RESOURCE = "seccomp-default.txt";
    private static final int EPERM = 1;
    private static final int ENOSYS = 38;
    /** All flags of clone that make a namespace. */
    private static final long NEW_NAMESPACES = 0x7E02_0000L;
    /** Address families up to AF_QIPCRTR and on to AF_XDP, MCTP without DECnet, ALG, VSOCK and others of ill repute. */
    private static final List<Integer> FAMILIES =
            List.of(13, 14, 15, 16, 17, 18, 21, 22, 24, 26, 27, 28, 29, 30, 31, 32, 33, 35, 36, 39, 41, 42, 43, 44, 45);

    private static final int FIRST_REFUSED_FAMILY = 12;
    private static final List<Long> PERSONALITIES = List.of(0L, 8L, 0x20000L, 0x20008L, 0xffffffffL);
    private static final Map<String, List<String>> SECTIONS = read();

    private SeccompDefaults() {}

    /** @param architecture in Go's words */
    static Seccomp profile(Set<String> capabilities, String architecture) {
        Set<String> names = new TreeSet<>();
        SECTIONS.forEach((condition, calls) -> {
            if (applies(condition, capabilities, architecture)) {
                names.addAll(calls);
            }
        });
        List<Syscall> calls = new ArrayList<>();
        calls.add(new Syscall(List.copyOf(names), "SCMP_ACT_ALLOW", null, null));
        addSockets(calls);
        PERSONALITIES.forEach(value -> calls.add(allow("personality", 0, value, "SCMP_CMP_EQ")));
        if (!capabilities.contains("CAP_SYS_ADMIN")) {
            addClone(calls, architecture);
        }
        return new Seccomp("SCMP_ACT_ERRNO", EPERM, SeccompArchitectures.of(architecture), null, calls);
    }

    private static void addSockets(List<Syscall> calls) {
        calls.add(allow("socket", 0, FIRST_REFUSED_FAMILY, "SCMP_CMP_LT"));
        FAMILIES.forEach(family -> calls.add(allow("socket", 0, family, "SCMP_CMP_EQ")));
    }

    /** No new namespaces; clone3 cannot be looked into, and who finds it missing falls back to clone. */
    private static void addClone(List<Syscall> calls, String architecture) {
        int flags = architecture.equals("s390x") ? 1 : 0;
        calls.add(new Syscall(
                List.of("clone"),
                "SCMP_ACT_ALLOW",
                null,
                List.of(new Arg(flags, NEW_NAMESPACES, 0L, "SCMP_CMP_MASKED_EQ"))));
        calls.add(new Syscall(List.of("clone3"), "SCMP_ACT_ERRNO", ENOSYS, null));
    }

    private static Syscall allow(String name, int index, long value, String comparison) {
        return new Syscall(List.of(name), "SCMP_ACT_ALLOW", null, List.of(new Arg(index, value, null, comparison)));
    }

    private static boolean applies(String condition, Set<String> capabilities, String architecture) {
        List<String> words = Arrays.asList(condition.split(" "));
        List<String> values = words.subList(1, words.size());
        return switch (words.getFirst()) {
            case "always" -> true;
            case "cap" -> capabilities.containsAll(values);
            case "arch" -> values.contains(architecture);
            default -> throw new IllegalStateException("unknown condition in " + RESOURCE + ": " + condition);
        };
    }

    private static Map<String, List<String>> read() {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        String section = "always";
        for (String line : lines()) {
            if (line.startsWith("[")) {
                section = line.substring(1, line.length() - 1);
            } else if (!line.isBlank() && !line.startsWith("#")) {
                sections.computeIfAbsent(section, _ -> new ArrayList<>()).addAll(List.of(line.split(" ")));
            }
        }
        return sections;
    }

    private static List<String> lines() {
        try (var in = SeccompDefaults.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + RESOURCE);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
