package io.caisson.testkit;

import io.caisson.postgres.PostgresAddress;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/**
 * Gives a {@code @QuarkusTest} the server of {@link PostgresFixture}:
 *
 * <pre>{@code
 * @QuarkusTest
 * @QuarkusTestResource(PostgresResource.class)
 * class ContainerRowsIT { … }
 * }</pre>
 *
 * <p>The tests of a module share one server and one database; names of what they make should not clash.
 */
public final class PostgresResource implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        PostgresAddress address = PostgresFixture.address();
        return Map.of(
                "caisson.database.url", address.url(),
                "caisson.database.username", address.username(),
                "caisson.database.password", address.password());
    }

    @Override
    public void stop() {
        // The server ends with the JVM: other test classes may still need it.
    }
}
