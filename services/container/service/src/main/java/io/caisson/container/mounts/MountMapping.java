package io.caisson.container.mounts;

import io.caisson.container.api.MountPoint;
import io.caisson.container.model.PlannedMount;
import io.caisson.kernel.Fault;
import io.caisson.oci.Mount;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Planned mounts as {@code inspect} shows them, as the runtime wants them, and as another container inherits them. */
public final class MountMapping {
    private MountMapping() {}

    public static List<MountPoint> shown(List<PlannedMount> mounts) {
        return mounts.stream().flatMap(MountMapping::shown).toList();
    }

    private static Stream<MountPoint> shown(PlannedMount mount) {
        return switch (mount) {
            case PlannedMount.Bind b ->
                Stream.of(new MountPoint(
                        "bind", null, b.source(), b.destination(), null, b.mode(), !b.readOnly(), b.propagation()));
            case PlannedMount.Volume v ->
                Stream.of(new MountPoint(
                        "volume", v.name(), v.source(), v.destination(), v.driver(), v.mode(), !v.readOnly(), ""));
            case PlannedMount.Tmpfs t ->
                t.listed()
                        ? Stream.of(new MountPoint(
                                "tmpfs",
                                null,
                                "",
                                t.destination(),
                                null,
                                "",
                                !t.options().contains("ro"),
                                ""))
                        : Stream.empty();
        };
    }

    /** Parents first, so that none hides another. */
    public static List<PlannedMount> inOrder(List<PlannedMount> mounts) {
        return mounts.stream()
                .sorted(Comparator.comparingInt(MountMapping::depth).thenComparing(PlannedMount::destination))
                .toList();
    }

    private static int depth(PlannedMount mount) {
        return (int) mount.destination().chars().filter(c -> c == '/').count();
    }

    /** @param recursiveReadOnly the node's kernel can make a whole tree of mounts read-only (5.12) */
    public static Mount runtime(PlannedMount mount, boolean recursiveReadOnly) {
        return switch (mount) {
            case PlannedMount.Bind b ->
                new Mount(
                        "bind",
                        b.source(),
                        b.destination(),
                        options(b.recursive(), b.readOnly(), b.recursive() && recursiveReadOnly, b.propagation()));
            case PlannedMount.Volume v ->
                v.options() == null
                        ? new Mount("bind", folder(v), v.destination(), options(true, v.readOnly(), false, "rprivate"))
                        : VolumeDevice.mount(v, v.options());
            case PlannedMount.Tmpfs t -> new Mount("tmpfs", "tmpfs", t.destination(), t.options());
        };
    }

    private static List<String> options(
            boolean recursive, boolean readOnly, boolean recursiveReadOnly, String propagation) {
        List<String> options = new ArrayList<>();
        options.add(recursive ? "rbind" : "bind");
        if (readOnly) {
            options.add(recursiveReadOnly ? "rro" : "ro");
        }
        options.add(propagation);
        return options;
    }

    private static String folder(PlannedMount.Volume volume) {
        return volume.subpath() == null
                ? volume.source()
                : Path.of(volume.source(), volume.subpath()).toString();
    }

    /**
     * What another container gets by {@code --volumes-from}.
     *
     * @param mode empty, {@code ro}, {@code rw} or {@code z}
     */
    public static List<PlannedMount> inherited(Collection<PlannedMount> mounts, String mode) {
        checkMode(mode);
        return mounts.stream().flatMap(mount -> inherited(mount, mode)).toList();
    }

    /** INVALID for what {@code --volumes-from} does not take. */
    public static void checkMode(String mode) {
        if (!List.of("", "ro", "rw", "z", "Z").contains(mode)) {
            throw Fault.invalid("invalid mode: " + mode);
        }
    }

    private static Stream<PlannedMount> inherited(PlannedMount mount, String mode) {
        boolean ro = mode.equals("ro");
        return switch (mount) {
            case PlannedMount.Bind b ->
                Stream.of(new PlannedMount.Bind(
                        b.source(),
                        b.destination(),
                        ro || b.readOnly(),
                        b.mode(),
                        b.propagation(),
                        b.recursive(),
                        b.createSource()));
            case PlannedMount.Volume v ->
                Stream.of(new PlannedMount.Volume(
                        v.name(),
                        v.anonymous(),
                        v.driver(),
                        v.source(),
                        v.destination(),
                        ro || v.readOnly(),
                        v.mode(),
                        false,
                        v.subpath(),
                        v.options()));
            case PlannedMount.Tmpfs _ -> Stream.empty();
        };
    }
}
