package io.caisson.linux.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of one folder of a control group; a file that is missing has no content. */
record CgroupFiles(Optional<Path> folder) {
    String text(String name) {
        if (folder.isEmpty()) {
            return "";
        }
        try {
            return Files.readString(folder.get().resolve(name)).strip();
        } catch (IOException e) {
            return ""; // the kernel lacks it, or the group has just gone
        }
    }

    long number(String name) {
        return number(text(name), 0);
    }

    /** A limit; "max", and version 1's huge number, mean that there is none. */
    long limit(String name) {
        long limit = number(text(name), CgroupUsage.UNLIMITED);
        return limit > Long.MAX_VALUE / 2 ? CgroupUsage.UNLIMITED : limit;
    }

    /** Lines of a name and a number. */
    Map<String, Long> table(String name) {
        var table = new LinkedHashMap<String, Long>();
        text(name)
                .lines()
                .map(line -> line.split("\\s+"))
                .filter(words -> words.length == 2)
                .forEach(words -> table.put(words[0], number(words[1], 0)));
        return table;
    }

    List<Long> numbers(String name) {
        return Stream.of(text(name).split("\\s+"))
                .filter(word -> !word.isEmpty())
                .map(word -> number(word, 0))
                .toList();
    }

    Stream<String[]> rows(String name) {
        return text(name).lines().map(line -> line.split("[\\s:=]+"));
    }

    static long number(String text, long otherwise) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
