package io.caisson.metadata;

/**
 * A schema that a service owns. Each service offers one as a CDI bean; its Flyway migrations ({@code V1__words.sql}) lie on
 * the class path in {@code db/NAME} and run before the service's own start-up observers and before any request.
 *
 * <pre>{@code
 * @ApplicationScoped
 * class ContainerSchema implements ServiceSchema {
 *     public String name() {
 *         return "container";
 *     }
 * }
 * }</pre>
 *
 * <p>Migrations run with the schema as their {@code search_path}; the history is in {@code NAME.schema_history}.
 */
public interface ServiceSchema {
    /** Of the schema and of the folder below {@code db/}; letters, digits and underscores. */
    String name();
}
