package io.caisson.e2e;

import org.junit.jupiter.api.Assumptions;

/** What a machine must have for these tests; without it they are skipped and say why. */
final class Requirements {
    private Requirements() {}

    static void check() {
        Assumptions.assumeTrue(isRoot(), "needs root: namespaces, mounts, cgroups");
        Assumptions.assumeTrue(has("docker"), "needs the docker CLI, which is not on this machine");
        Assumptions.assumeTrue(has("runc"), "needs runc, which is not on this machine");
    }

    static void program(String name) {
        Assumptions.assumeTrue(has(name), "needs " + name + ", which is not on this machine");
    }

    private static boolean isRoot() {
        return Command.of("id", "-u").run().out().strip().equals("0");
    }

    private static boolean has(String program) {
        return Command.of("sh", "-c", "command -v " + program).run().exit() == 0;
    }
}
