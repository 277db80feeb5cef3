package io.caisson.layerstore.volume;

import io.caisson.linux.file.FileAttributes;
import io.caisson.linux.file.FileStat;
import io.caisson.linux.file.FileType;
import io.caisson.linux.file.RootedFiles;
import io.caisson.linux.file.TreeWriter;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/** Copies a folder's content with owners, modes, times, extended attributes and hard links; links are copied, not followed. */
final class TreeCopy {
    private final RootedFiles source;
    private final TreeWriter writer;
    private final Map<Inode, String> linked = new HashMap<>();

    TreeCopy(RootedFiles source, TreeWriter writer) {
        this.source = source;
        this.writer = writer;
    }

    private record Inode(FileStat.Device device, long number) {}

    /** What is in folder {@code from} into folder {@code to}, which is there. */
    void copy(String from, String to) throws IOException {
        for (String name : source.list(from)) {
            copyOne(from + "/" + name, to + "/" + name);
        }
    }

    private void copyOne(String from, String to) throws IOException {
        FileStat stat = source.lstat(from);
        if (stat.type() != FileType.DIRECTORY && stat.links() > 1) {
            String first = linked.putIfAbsent(new Inode(stat.device(), stat.inode()), to);
            if (first != null) {
                writer.link(to, first);
                return;
            }
        }
        make(from, to, stat);
    }

    private void make(String from, String to, FileStat stat) throws IOException {
        var attributes = new FileAttributes(
                stat.uid(),
                stat.gid(),
                stat.mode(),
                stat.modified(),
                source.xattrs(from).all());
        switch (stat.type()) {
            case REGULAR -> {
                try (InputStream content = source.read(from)) {
                    writer.file(to, attributes, content);
                }
            }
            case DIRECTORY -> {
                writer.folder(to, attributes);
                copy(from, to);
                writer.modified(to, stat.modified());
            }
            case SYMLINK -> writer.symlink(to, source.readlink(from), attributes);
            case FIFO, SOCKET, CHARACTER_DEVICE, BLOCK_DEVICE ->
                writer.special(to, stat.type(), stat.special(), attributes);
        }
    }
}
