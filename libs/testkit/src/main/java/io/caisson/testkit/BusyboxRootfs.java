package io.caisson.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A small root file system made of this host's static busybox, with its applets as links, and a few users. */
public final class BusyboxRootfs {
    private static final List<Path> PROGRAMS = List.of(Path.of("/bin/busybox"), Path.of("/usr/bin/busybox"));
    private static final Map<String, String> FILES = Map.of("etc/passwd", """
            root:x:0:0:root:/root:/bin/sh
            daemon:x:1:1:daemon:/usr/sbin:/bin/false
            app:x:1000:1001:app:/home/app:/bin/sh
            """, "etc/group", """
            root:x:0:
            daemon:x:1:
            wheel:x:10:root
            app:x:1001:
            extra:x:1002:app
            """);
    private static final List<String> FOLDERS =
            List.of("bin", "dev", "etc", "home/app", "proc", "root", "sys", "tmp", "usr/bin", "var");

    private BusyboxRootfs() {}

    /** Whether this host has a busybox to build from. */
    public static boolean available() {
        return PROGRAMS.stream().anyMatch(Files::isExecutable);
    }

    /** Builds it in a folder, which is made. */
    public static Path build(Path folder) throws IOException {
        for (String name : FOLDERS) {
            Files.createDirectories(folder.resolve(name));
        }
        Files.setPosixFilePermissions(folder.resolve("tmp"), PosixFilePermissions.fromString("rwxrwxrwx"));
        for (Map.Entry<String, String> file : FILES.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
        Path program = PROGRAMS.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IOException("no busybox on this host: install busybox-static"));
        Path busybox = folder.resolve("bin/busybox");
        Files.copy(program, busybox, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        for (String applet : applets(busybox)) {
            Path link = folder.resolve("bin").resolve(applet);
            if (!Files.exists(link)) {
                Files.createSymbolicLink(link, Path.of("busybox"));
            }
        }
        return folder;
    }

    private static List<String> applets(Path busybox) throws IOException {
        Process process = new ProcessBuilder(busybox.toString(), "--list").start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("busybox --list failed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return output.lines().toList();
    }
}
