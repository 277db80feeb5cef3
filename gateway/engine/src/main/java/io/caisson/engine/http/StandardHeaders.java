package io.caisson.engine.http;

import io.caisson.engine.api.ApiVersion;
import io.caisson.engine.api.system.ServerVersion;
import java.util.Map;

/** What every answer carries. */
public final class StandardHeaders {
    public static final Map<String, String> ALL = Map.of(
            "Api-Version",
            ApiVersion.MAX.toString(),
            "Docker-Experimental",
            "false",
            "Ostype",
            "linux",
            "Server",
            "Docker/" + ServerVersion.ENGINE + " (linux)");

    private StandardHeaders() {}
}
