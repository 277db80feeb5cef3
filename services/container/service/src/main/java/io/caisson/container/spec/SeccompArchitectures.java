package io.caisson.container.spec;

import java.util.List;

/** Which binaries a kernel runs besides its own kind; a filter must know them all. */
final class SeccompArchitectures {
    private SeccompArchitectures() {}

    /** @param architecture in Go's words */
    static List<String> of(String architecture) {
        return switch (architecture) {
            case "amd64" -> List.of("SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32");
            case "arm64" -> List.of("SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM");
            case "s390x" -> List.of("SCMP_ARCH_S390X", "SCMP_ARCH_S390");
            case "riscv64" -> List.of("SCMP_ARCH_RISCV64");
            case "ppc64le" -> List.of("SCMP_ARCH_PPC64LE");
            default -> List.of();
        };
    }
}
