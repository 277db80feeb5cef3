package io.caisson.metadata;

import jakarta.persistence.Column;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import jakarta.persistence.Version;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hibernate.annotations.JdbcTypeCode;
import org.jspecify.annotations.Nullable;

/**
 * An entity's table, for {@link Statements}: its columns and the statements that write one row, read off the same
 * annotations that Hibernate reads, so that a column is declared in one place.
 *
 * <p>For entities whose fields carry the annotations, with a single {@code @Id}, and a numeric {@code @Version} where they
 * are updated.
 */
public final class RowShape<R> {
    private final String table;
    private final List<Col> columns;
    private final Col id;
    private final @Nullable Col version;
    private final List<Col> given;
    private final List<Col> changing;
    private final String insert;
    private final String update;
    private final String delete;

    private RowShape(Class<R> type) {
        Table named = Objects.requireNonNull(type.getAnnotation(Table.class), "no @Table");
        this.table = named.schema() + "." + named.name();
        this.columns = Arrays.stream(type.getDeclaredFields())
                .filter(RowShape::isColumn)
                .map(Col::new)
                .toList();
        this.id = columns.stream().filter(Col::isId).findFirst().orElseThrow();
        this.version = columns.stream().filter(Col::isVersion).findFirst().orElse(null);
        this.given = columns.stream().filter(column -> !column.isGenerated()).toList();
        this.changing = columns.stream()
                .filter(column -> !column.isId() && !column.isVersion())
                .toList();
        this.insert = insertion(table, given);
        this.update = version == null ? "" : updating(table, id, version, changing);
        this.delete = "delete from " + table + " where " + id.name + " = $1 returning 1";
    }

    public static <R> RowShape<R> of(Class<R> type) {
        return new RowShape<>(type);
    }

    private static boolean isColumn(Field field) {
        return !Modifier.isStatic(field.getModifiers())
                && !Modifier.isTransient(field.getModifiers())
                && !field.isSynthetic()
                && !field.getName().startsWith("$$")
                && !field.isAnnotationPresent(Transient.class);
    }

    /** All but what the database generates. */
    private static String insertion(String table, List<Col> given) {
        return "insert into " + table + " (" + names(given) + ") values ("
                + IntStream.range(0, given.size())
                        .mapToObj(i -> given.get(i).parameter(i + 1))
                        .collect(Collectors.joining(", "))
                + ") returning 1";
    }

    private static String updating(String table, Col id, Col version, List<Col> changing) {
        String sets = IntStream.range(0, changing.size())
                .mapToObj(i -> changing.get(i).assignment(i + 3))
                .collect(Collectors.joining(", "));
        return "update " + table + " set " + version.name + " = " + version.name + " + 1, " + sets + " where " + id.name
                + " = $1 and " + version.name + " = $2 returning 1";
    }

    private static String names(List<Col> list) {
        return list.stream().map(column -> column.name).collect(Collectors.joining(", "));
    }

    String insert() {
        return insert;
    }

    String update() {
        if (update.isEmpty()) {
            throw new IllegalStateException(table + " has no version");
        }
        return update;
    }

    String delete() {
        return delete;
    }

    String selectVersion() {
        return "select " + versionColumn().name + " from " + table + " where " + id.name + " = $1";
    }

    private Col versionColumn() {
        return Objects.requireNonNull(version, "no @Version");
    }

    String id(R row) {
        return String.valueOf(id.read(row));
    }

    long version(R row) {
        return Objects.requireNonNull((Long) versionColumn().read(row));
    }

    void setVersion(R row, long number) {
        versionColumn().write(row, number);
    }

    List<Object> insertValues(R row) {
        return values(given.stream().map(column -> column.value(row)).toList());
    }

    /** A document that stayed the same is not sent. */
    List<Object> updateValues(R before, R after) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(id.value(before));
        values.add(versionColumn().value(before));
        changing.forEach(column -> values.add(column.change(before, after)));
        return values(values);
    }

    /** Lists of parameters may hold nulls, whatever the type checker thinks of lists. */
    @SuppressWarnings("NullAway")
    private static List<Object> values(List<? extends @Nullable Object> values) {
        return new ArrayList<>(values);
    }

    /** A field and its column. */
    private static final class Col {
        private static final String UNCHANGED = "null";

        private final Field field;
        private final String name;
        private final boolean json;

        Col(Field field) {
            this.field = field;
            Column column = field.getAnnotation(Column.class);
            this.name = column == null || column.name().isEmpty() ? field.getName() : column.name();
            this.json = field.isAnnotationPresent(JdbcTypeCode.class);
            field.setAccessible(true);
        }

        boolean isId() {
            return field.isAnnotationPresent(Id.class);
        }

        boolean isVersion() {
            return field.isAnnotationPresent(Version.class);
        }

        boolean isGenerated() {
            return field.isAnnotationPresent(GeneratedValue.class);
        }

        String parameter(int number) {
            return json ? "$" + number + "::text::jsonb" : "$" + number;
        }

        String assignment(int number) {
            return json
                    ? name + " = nullif(coalesce(" + parameter(number) + ", " + name + "), '" + UNCHANGED + "'::jsonb)"
                    : name + " = " + parameter(number);
        }

        @Nullable
        Object value(Object row) {
            Object value = read(row);
            if (json) {
                return value == null ? null : Documents.text(value);
            }
            return value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value;
        }

        /** A document's null means that it stays; JSON's own null, that it goes. */
        @Nullable
        Object change(Object before, Object after) {
            if (!json) {
                return value(after);
            }
            Object next = read(after);
            if (Objects.equals(read(before), next)) {
                return null;
            }
            return next == null ? UNCHANGED : Documents.text(next);
        }

        void write(Object row, Object value) {
            try {
                field.set(row, value);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }

        @Nullable
        Object read(Object row) {
            try {
                return field.get(row);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
