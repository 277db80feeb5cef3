package io.caisson.network.api;

import java.util.List;

/** The names of several networks. */
public record NameTables(List<NameTable> tables) {
    public NameTables {
        tables = List.copyOf(tables);
    }
}
