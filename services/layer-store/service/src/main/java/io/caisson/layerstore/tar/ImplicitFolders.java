package io.caisson.layerstore.tar;

import io.caisson.tar.EntryPath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The folders that a tar uses without naming them. They say nothing of owner and mode: a layer below may.
 *
 * <p>Entries come folder by folder, so that looking at one costs next to nothing.
 */
final class ImplicitFolders {
    private final Set<String> named = new HashSet<>();
    private final Set<String> implicit = new HashSet<>();
    private String last = "";

    /** There is something in {@code folder}. */
    void uses(String folder) {
        if (folder.equals(last)) {
            return;
        }
        last = folder;
        for (String path = folder; !path.isEmpty() && !named.contains(path); path = EntryPath.folder(path)) {
            if (!implicit.add(path)) {
                return; // those above are known as well
            }
        }
    }

    void names(String folder) {
        named.add(folder);
        implicit.remove(folder);
    }

    List<String> list() {
        return implicit.stream().sorted().toList();
    }
}
