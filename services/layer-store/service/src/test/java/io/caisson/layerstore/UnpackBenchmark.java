package io.caisson.layerstore;

import com.sun.management.OperatingSystemMXBean;
import io.caisson.layerstore.files.Durability;
import io.caisson.layerstore.pass.LayerPass;
import io.caisson.layerstore.pass.PassProgress;
import io.caisson.layerstore.tar.LayerUnpacker;
import io.caisson.linux.file.RootedFiles;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** Times unpacking: {@code UnpackBenchmark layer.tar[.gz] folder [rounds]}; needs root. Compare with {@code tar x}. */
final class UnpackBenchmark {
    private UnpackBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        Path layer = Path.of(arguments[0]);
        Path folder = Path.of(arguments[1]);
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
        for (int i = 0; i < rounds; i++) {
            time("whole pass", folder, target -> {
                try (InputStream in = Files.newInputStream(layer);
                        OutputStream keep = Files.newOutputStream(folder.resolve("blob"))) {
                    var pass = new LayerPass("sha256", "sha256", PassProgress.SILENT, Long.MAX_VALUE);
                    return pass.run(in, keep, target).content().layer().entries();
                }
            });
            if (layer.toString().endsWith(".tar")) {
                time("unpack only", folder, target -> {
                    try (InputStream in = new BufferedInputStream(Files.newInputStream(layer), 1 << 17);
                            var unpacker = new LayerUnpacker(target, Long.MAX_VALUE)) {
                        return unpacker.unpack(in).entries();
                    }
                });
            }
        }
    }

    /** Tells more than the clock where others use the machine as well. */
    private static long cpu() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private interface Work {
        long run(Path target) throws IOException;
    }

    private static void time(String what, Path folder, Work work) throws IOException {
        Path target = Files.createDirectories(folder.resolve("target"));
        long cpu = cpu();
        long start = System.nanoTime();
        long entries = work.run(target);
        double busy = (cpu() - cpu) / 1e9;
        long unpacked = System.nanoTime();
        Durability.sync(folder);
        long synced = System.nanoTime();
        double seconds = (unpacked - start) / 1e9;
        System.out.printf(
                "%s: %d entries in %.2f s (%.2f s of processors), %.0f entries/s; syncfs %.2f s%n",
                what, entries, seconds, busy, entries / seconds, (synced - unpacked) / 1e9);
        try (var files = RootedFiles.at(folder)) {
            files.removeTree("target");
            files.removeTree("blob");
        }
    }
}
