package io.caisson.engine.api.system;

/**
 * The versions that clients see.
 *
 * <p>Clients compare the engine's version with Docker's releases, so it is the release whose API this one serves, with our
 * own as semantic versioning's build metadata, which does not take part in comparisons.
 */
public final class ServerVersion {
    public static final String CAISSON = "0.1.0";
    public static final String ENGINE = "29.0.0+caisson." + CAISSON;

    private ServerVersion() {}
}
