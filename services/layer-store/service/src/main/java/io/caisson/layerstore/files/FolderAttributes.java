package io.caisson.layerstore.files;

import io.caisson.layerstore.tar.RootAttributes;
import io.caisson.linux.file.FileAttributes;
import io.caisson.linux.file.FileStat;
import io.caisson.linux.file.FileType;
import io.caisson.linux.file.RootedFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Gives folders of a snapshot the owner and mode that they have below, where a layer uses them without saying anything of
 * that: each layer is unpacked by itself, and overlay shows the topmost. What is to be shown instead goes into {@code upper}.
 */
final class FolderAttributes {
    private static final String OPAQUE = "trusted.overlay.opaque";

    private final List<Layer> layers;

    private FolderAttributes(List<Layer> layers) {
        this.layers = layers;
    }

    private record Layer(RootedFiles files, Set<String> implicit) {}

    /** What one layer says of a folder, and whether those below it are hidden. */
    private record Word(Optional<FileStat> stat, boolean isLast) {
        static final Word NOTHING = new Word(Optional.empty(), false);
        static final Word NO_FOLDER = new Word(Optional.empty(), true);
    }

    /** @param folders of the layers, topmost first */
    static void complete(List<Path> folders, Path upper) throws IOException {
        var implicit = new TreeSet<String>();
        var lists = new ArrayList<Set<String>>();
        for (Path folder : folders) {
            var list = new HashSet<>(ImplicitList.read(folder));
            implicit.addAll(list);
            lists.add(list);
        }
        if (implicit.isEmpty()) {
            return;
        }
        var layers = new ArrayList<Layer>();
        try (var target = RootedFiles.at(upper)) {
            for (int i = 0; i < folders.size(); i++) {
                layers.add(new Layer(RootedFiles.at(LayerFolders.diff(folders.get(i))), lists.get(i)));
            }
            new FolderAttributes(layers).complete(implicit, target);
        } finally {
            layers.forEach(layer -> layer.files().close());
        }
    }

    private void complete(Set<String> implicit, RootedFiles upper) {
        for (String path : implicit) {
            if (look(path, false).equals(look(path, true))) {
                continue;
            }
            for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
                put(path.substring(0, slash), upper);
            }
            put(path, upper);
        }
    }

    private Optional<RootAttributes> look(String path, boolean named) {
        return shown(path, named).map(stat -> new RootAttributes(stat.uid(), stat.gid(), stat.mode()));
    }

    private void put(String path, RootedFiles upper) {
        if (upper.find(path).isEmpty()) {
            shown(path, true).ifPresent(stat -> {
                upper.mkdirs(path, 0700);
                upper.setAttributes(path, new FileAttributes(stat.uid(), stat.gid(), stat.mode(), stat.modified()));
            });
        }
    }

    /** What overlay shows, or, when {@code named}, the topmost layer that names the folder says. */
    private Optional<FileStat> shown(String path, boolean named) {
        Optional<FileStat> topmost = Optional.empty();
        for (Layer layer : layers) {
            Word word = word(layer, path);
            if (word.stat().isPresent() && (!named || !layer.implicit().contains(path))) {
                return word.stat();
            }
            topmost = topmost.or(word::stat);
            if (word.isLast()) {
                break;
            }
        }
        return topmost;
    }

    private static Word word(Layer layer, String path) {
        boolean isLast = false;
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            Word above = oneWord(layer, path.substring(0, slash));
            isLast |= above.isLast();
            if (above.stat().isEmpty()) {
                return isLast ? Word.NO_FOLDER : Word.NOTHING;
            }
        }
        Word word = oneWord(layer, path);
        return new Word(word.stat(), isLast || word.isLast());
    }

    private static Word oneWord(Layer layer, String path) {
        Optional<FileStat> found = layer.files().find(path);
        if (found.isEmpty()) {
            return Word.NOTHING;
        }
        if (found.get().type() != FileType.DIRECTORY) {
            return Word.NO_FOLDER;
        }
        return new Word(found, layer.files().xattrs(path).get(OPAQUE).isPresent());
    }
}
