package io.caisson.layerstore.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** The list, beside a layer, of folders that its tar uses without naming them. */
public final class ImplicitList {
    private ImplicitList() {}

    static void write(Path layer, List<String> folders) throws IOException {
        if (!folders.isEmpty()) {
            Path _ = Files.writeString(file(layer), String.join("\0", folders));
        }
    }

    static List<String> read(Path layer) throws IOException {
        try {
            return List.of(Files.readString(file(layer)).split("\0"));
        } catch (NoSuchFileException _) {
            return List.of();
        }
    }

    private static Path file(Path layer) {
        return layer.resolve("implicit");
    }
}
