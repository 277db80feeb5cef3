package io.caisson.executor.files;

import java.util.ArrayDeque;

/**
 * A path as a client asks for it: absolute and clean, but a slash or {@code /.} at its end is kept, for it tells that what is
 * in the folder is meant.
 */
record ContainerPath(String text) {
    static ContainerPath of(String asked) {
        String clean = clean(asked);
        String last = asked.substring(asked.lastIndexOf('/') + 1);
        if (last.equals(".")) {
            return new ContainerPath(clean.equals("/") ? "/." : clean + "/.");
        }
        return new ContainerPath(asked.endsWith("/") && !clean.equals("/") ? clean + "/" : clean);
    }

    /** Below the root, without {@code .} and {@code ..}; links are not looked at. */
    static String clean(String path) {
        var parts = new ArrayDeque<String>();
        for (String part : path.split("/")) {
            switch (part) {
                case "", "." -> {
                    // stands for the folder it is in
                }
                case ".." -> {
                    var _ = parts.pollLast();
                }
                case String _ -> parts.addLast(part);
            }
        }
        return "/" + String.join("/", parts);
    }

    /** The last component; {@code /} for the root, {@code .} where the content of a folder is asked for. */
    String name() {
        String bare = text.endsWith("/") && text.length() > 1 ? text.substring(0, text.length() - 1) : text;
        return bare.equals("/") ? "/" : bare.substring(bare.lastIndexOf('/') + 1);
    }

    /** The path of something in it. */
    static String child(String folder, String name) {
        return folder.endsWith("/") ? folder + name : folder + "/" + name;
    }
}
