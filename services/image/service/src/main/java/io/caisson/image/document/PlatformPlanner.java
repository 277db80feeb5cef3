package io.caisson.image.document;

import io.caisson.kernel.Fault;
import io.caisson.oci.Descriptor;
import io.caisson.oci.Index;
import io.caisson.oci.Platform;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which manifest of an index suits a platform: the exact one, else one that the processor runs too (an older ARM variant, a
 * lower x86-64 level). Attestations are never chosen: their platform is {@code unknown/unknown}.
 */
public final class PlatformPlanner {
    private static final String ATTESTATION = "vnd.docker.reference.type";

    private PlatformPlanner() {}

    /** NOT_FOUND {@code no matching manifest for linux/arm64 in the manifest list entries}. */
    public static Descriptor choose(Index index, Platform wanted) {
        return find(index.manifests(), wanted)
                .orElseThrow(
                        () -> Fault.notFound("no matching manifest for " + wanted + " in the manifest list entries"));
    }

    /** The best of {@code manifests}, if one suits. */
    public static Optional<Descriptor> find(List<Descriptor> manifests, Platform wanted) {
        return manifests.stream()
                .filter(PlatformPlanner::isImage)
                .filter(descriptor -> rank(wanted, descriptor.platform()) < Integer.MAX_VALUE)
                .min(Comparator.comparingInt(descriptor -> rank(wanted, descriptor.platform())));
    }

    private static boolean isImage(Descriptor descriptor) {
        return descriptor.annotations() == null || !descriptor.annotations().containsKey(ATTESTATION);
    }

    /** 0 is exact; more is worse; the greatest is unsuitable. */
    private static int rank(Platform wanted, @Nullable Platform offered) {
        if (offered == null
                || !offered.os().equals(wanted.os())
                || !offered.architecture().equals(wanted.architecture())) {
            return Integer.MAX_VALUE;
        }
        int most = level(wanted.architecture(), wanted.variant(), true);
        int has = level(offered.architecture(), offered.variant(), false);
        return has > most ? Integer.MAX_VALUE : most - has;
    }

    /** The number in {@code v7}; without a variant what the architecture means by it. */
    private static int level(String architecture, @Nullable String variant, boolean wanted) {
        if (variant != null && variant.matches("v[0-9]{1,2}")) {
            return Integer.parseInt(variant.substring(1));
        }
        return switch (architecture) {
            case "arm64" -> 8;
            case "arm" -> 7;
            case "amd64" -> 1;
            case String _ -> wanted ? 1 : 0;
        };
    }
}
