package io.caisson.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** Makes the data directory: under its final name it is whole. */
final class Cluster {
    private final Path folder;
    private final Path binaries;
    private final Entrance entrance;
    private final boolean durable;

    Cluster(Path folder, Path binaries, Entrance entrance, boolean durable) {
        this.folder = folder;
        this.binaries = binaries;
        this.entrance = entrance;
        this.durable = durable;
    }

    void make(String superuser, String password, String database) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path workshop = folder.resolveSibling("making");
        Folders.delete(workshop);
        Files.createDirectory(
                workshop, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        entrance.own(workshop);
        Path passwordFile = workshop.resolve("password");
        Folders.write(passwordFile, password, "rw-------");
        entrance.own(passwordFile);
        Path data = workshop.resolve("data");
        Commands.check(entrance.as(initdb(data, superuser, passwordFile)), workshop, "");
        Commands.check(
                entrance.as(List.of(
                        entrance.seen(binaries.resolve("bin/postgres")).toString(),
                        "--single",
                        "-D",
                        entrance.seen(data).toString(),
                        "postgres")),
                workshop,
                "CREATE DATABASE " + database + "\n");
        Files.move(data, folder, StandardCopyOption.ATOMIC_MOVE);
        Folders.delete(workshop);
    }

    private List<String> initdb(Path data, String superuser, Path passwordFile) {
        var command = new ArrayList<>(List.of(
                entrance.seen(binaries.resolve("bin/initdb")).toString(),
                "--pgdata=" + entrance.seen(data),
                "--username=" + superuser,
                "--auth=scram-sha-256",
                "--pwfile=" + entrance.seen(passwordFile),
                "--encoding=UTF8",
                "--locale=C",
                "--no-instructions"));
        if (!durable) {
            command.add("--no-sync");
        }
        return command;
    }
}
