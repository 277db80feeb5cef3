package io.caisson.container.mounts;

import io.caisson.container.model.PlannedMount;
import io.caisson.kernel.Fault;
import io.caisson.oci.Mount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Volumes that are something to mount ({@code type}, {@code device} and {@code o} of the local driver). Nothing is mounted
 * on the host: each container mounts it for itself, which for a tmpfs means that no two share it.
 */
final class VolumeDevice {
    private VolumeDevice() {}

    static Mount mount(PlannedMount.Volume volume, Map<String, String> driver) {
        List<String> options = new ArrayList<>(options(driver));
        boolean bind = isBind(driver);
        if (bind) {
            options.remove("bind");
            options.remove("rbind");
            options.addFirst("rbind");
        }
        if (volume.readOnly()) {
            options.add("ro");
        }
        options.add("rprivate");
        String device = device(driver);
        String source = bind && volume.subpath() != null
                ? Path.of(device, volume.subpath()).toString()
                : device;
        return new Mount(bind ? "bind" : driver.getOrDefault("type", ""), source, volume.destination(), options);
    }

    /** Docker's words for a folder that is not there. */
    static void check(PlannedMount.Volume volume, Map<String, String> driver) {
        if (isBind(driver) && !Files.exists(Path.of(device(driver)))) {
            throw new Fault(
                    Fault.Kind.INTERNAL,
                    "failed to mount local volume: mount " + device(driver) + ":" + volume.source()
                            + ", flags: 0x1000: no such file or directory");
        }
    }

    private static String device(Map<String, String> driver) {
        return driver.getOrDefault("device", "");
    }

    private static boolean isBind(Map<String, String> driver) {
        return options(driver).contains("bind") || options(driver).contains("rbind");
    }

    private static List<String> options(Map<String, String> driver) {
        String words = driver.getOrDefault("o", "");
        return words.isEmpty() ? List.of() : List.of(words.split(","));
    }
}
