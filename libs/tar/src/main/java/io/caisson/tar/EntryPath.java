package io.caisson.tar;

import java.util.ArrayDeque;

/**
 * Names of entries as paths below the layer's root, made clean: no slash at the ends, no {@code .} or {@code ..}, empty for
 * the root. Links in the tree are not looked at here: the kernel keeps to the root when it follows them.
 */
public final class EntryPath {
    private EntryPath() {}

    /** @throws TarException when it leads out of the root */
    public static String clean(String name) {
        if (isClean(name)) {
            return name;
        }
        var parts = new ArrayDeque<String>();
        for (String part : name.split("/")) {
            switch (part) {
                case "", "." -> {
                    // stands for the folder it is in
                }
                case ".." -> {
                    if (parts.pollLast() == null) {
                        throw new TarException("invalid path in layer: " + name);
                    }
                }
                case String _ -> parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }

    private static boolean isClean(String name) {
        if (name.isEmpty() || name.startsWith("/") || name.endsWith("/")) {
            return name.isEmpty();
        }
        return !name.startsWith(".") && !name.contains("/.") && !name.contains("//");
    }

    public static String folder(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    public static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
