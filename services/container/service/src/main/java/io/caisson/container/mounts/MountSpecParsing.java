package io.caisson.container.mounts;

import io.caisson.container.api.HostConfig.BindOptions;
import io.caisson.container.api.HostConfig.MountSpec;
import io.caisson.container.api.HostConfig.VolumeOptions;
import io.caisson.container.model.Absent;
import io.caisson.container.model.PlannedMount;
import io.caisson.kernel.Fault;
import java.util.ArrayList;
import java.util.List;

/** The {@code --mount} form. */
final class MountSpecParsing {
    private MountSpecParsing() {}

    static PlannedMount parse(MountSpec spec) {
        String type = Absent.text(spec.type());
        String where = "invalid mount config for type \"" + type + "\"";
        if (Absent.text(spec.target()).isEmpty()) {
            throw Fault.invalid(where + ": field Target must not be empty");
        }
        String destination = MountPaths.destination(Absent.text(spec.target()), where);
        return switch (type) {
            case "bind" -> bind(spec, destination, where);
            case "volume" -> volume(spec, destination, where);
            case "tmpfs" -> tmpfs(spec, destination, where);
            case "image", "npipe", "cluster" ->
                throw Fault.unsupported("mounts of type " + type + " are not implemented");
            default -> throw Fault.invalid(where + ": mount type unknown");
        };
    }

    private static PlannedMount bind(MountSpec spec, String destination, String where) {
        reject(spec.volumeOptions(), where, "VolumeOptions");
        reject(spec.tmpfsOptions(), where, "TmpfsOptions");
        String source = Absent.text(spec.source());
        if (source.isEmpty()) {
            throw Fault.invalid(where + ": field Source must not be empty");
        }
        if (!source.startsWith("/")) {
            throw Fault.invalid(where + ": invalid mount path: '" + source + "' mount path must be absolute");
        }
        BindOptions options = spec.bindOptions();
        String propagation = options == null ? "rprivate" : Absent.text(options.propagation(), "rprivate");
        if (!BindParsing.PROPAGATIONS.contains(propagation)) {
            throw Fault.invalid(where + ": invalid propagation mode: " + propagation);
        }
        return new PlannedMount.Bind(
                MountPaths.source(source),
                destination,
                spec.readOnly(),
                "",
                propagation,
                options == null || !options.nonRecursive(),
                options != null && options.createMountpoint());
    }

    private static PlannedMount volume(MountSpec spec, String destination, String where) {
        reject(spec.bindOptions(), where, "BindOptions");
        reject(spec.tmpfsOptions(), where, "TmpfsOptions");
        String name = Absent.text(spec.source());
        VolumeOptions options = spec.volumeOptions();
        String driver = options == null || options.driverConfig() == null
                ? "local"
                : Absent.text(options.driverConfig().name(), "local");
        String subpath = options == null ? "" : Absent.text(options.subpath());
        if (subpath.startsWith("/") || List.of(subpath.split("/", -1)).contains("..")) {
            throw Fault.invalid(where + ": subpath must be a relative path within the volume");
        }
        return new PlannedMount.Volume(
                name.isEmpty() ? "" : MountPaths.volumeName(name),
                name.isEmpty(),
                driver,
                "",
                destination,
                spec.readOnly(),
                name.isEmpty() ? "" : "z",
                options == null || !options.noCopy(),
                subpath.isEmpty() ? null : subpath);
    }

    private static PlannedMount tmpfs(MountSpec spec, String destination, String where) {
        reject(spec.bindOptions(), where, "BindOptions");
        reject(spec.volumeOptions(), where, "VolumeOptions");
        if (!Absent.text(spec.source()).isEmpty()) {
            throw Fault.invalid(where + ": field Source must not be specified");
        }
        List<String> options = new ArrayList<>();
        if (spec.readOnly()) {
            options.add("ro");
        }
        var asked = spec.tmpfsOptions();
        if (asked != null && asked.sizeBytes() > 0) {
            options.add("size=" + asked.sizeBytes());
        }
        if (asked != null && asked.mode() > 0) {
            options.add("mode=" + Integer.toOctalString(asked.mode()));
        }
        if (asked != null) {
            Absent.list(asked.options()).forEach(words -> options.add(String.join("=", words)));
        }
        return new PlannedMount.Tmpfs(destination, TmpfsOptions.merged(options), true);
    }

    private static void reject(@org.jspecify.annotations.Nullable Object options, String where, String name) {
        if (options != null) {
            throw Fault.invalid(where + ": field " + name + " must not be specified");
        }
    }
}
