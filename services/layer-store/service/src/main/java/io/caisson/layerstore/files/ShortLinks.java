package io.caisson.layerstore.files;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.function.Function;

/** Names of four characters for folders: with them 127 layers fit into the 4095 bytes that mount(2) takes. */
public final class ShortLinks {
    private static final String LETTERS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final int LENGTH = 4;
    private static final int TRIES = 1000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final LayerFolders folders;

    public ShortLinks(LayerFolders folders) {
        this.folders = folders;
    }

    /** A new name for what {@code target} makes of it, which need not be there yet. */
    public String make(Function<String, Path> target) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            String name = random();
            if (place(name, target.apply(name))) {
                return name;
            }
        }
        throw new IOException("no short name is free in " + folders.links());
    }

    /** Puts back a link that was lost; false when something else has the name. */
    public boolean place(String name, Path target) throws IOException {
        try {
            Files.createSymbolicLink(folders.link(name), folders.links().relativize(target));
            return true;
        } catch (FileAlreadyExistsException _) {
            return false;
        }
    }

    public void remove(String name) throws IOException {
        var _ = Files.deleteIfExists(folders.link(name));
    }

    private static String random() {
        var name = new StringBuilder();
        while (name.length() < LENGTH) {
            name.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return name.toString();
    }
}
