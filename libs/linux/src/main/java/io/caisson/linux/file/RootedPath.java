package io.caisson.linux.file;

/**
 * A path below a root, split into the folder that holds the last name, and that name.
 *
 * @param folder relative, without slashes at its ends; empty for the root
 * @param name empty for the root itself
 */
record RootedPath(String folder, String name) {
    /** Slashes at both ends do not matter: every path counts from the root. */
    static RootedPath parse(String path) {
        int start = 0;
        int end = path.length();
        while (start < end && path.charAt(start) == '/') {
            start++;
        }
        while (end > start && path.charAt(end - 1) == '/') {
            end--;
        }
        int slash = path.lastIndexOf('/', end - 1);
        if (slash < start) {
            return new RootedPath("", path.substring(start, end));
        }
        int folderEnd = slash;
        while (folderEnd > start && path.charAt(folderEnd - 1) == '/') {
            folderEnd--;
        }
        return new RootedPath(path.substring(start, folderEnd), path.substring(slash + 1, end));
    }

    /** Whether the last component stands for itself rather than for another folder. */
    boolean isNamed() {
        return !name.isEmpty() && !name.equals(".") && !name.equals("..");
    }

    String full() {
        return folder.isEmpty() ? name : folder + "/" + name;
    }
}
