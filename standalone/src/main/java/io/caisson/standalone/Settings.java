package io.caisson.standalone;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * What the operator asked for, strongest first: command line, system properties, environment ({@code CAISSON_…}), the
 * properties file, {@code daemon.json}. What none of them says has a default in the library that needs it.
 */
final class Settings {
    static final String DATA = "caisson.data";
    static final String RUN = "caisson.run";
    static final String SOCKET = "caisson.socket";
    static final String INSTANCE = "caisson.instance";
    static final String TCP = "caisson.tcp";
    static final String DOCKER_SOCKET = "caisson.docker-socket";
    static final String METRICS_ADDRESS = "caisson.metrics-addr";
    static final String DATABASE = "caisson.database.url";
    static final String CONFIG_FILE = "caisson.config";
    static final String DAEMON_JSON = "caisson.daemon-json";

    private static final Path CONFIG_DEFAULT = Path.of("/etc/caisson/caisson.properties");
    private static final Path DAEMON_DEFAULT = Path.of("/etc/caisson/daemon.json");

    private final Map<String, String> arguments;
    private final Map<String, String> environment;
    private final Map<String, String> files = new HashMap<>();

    private Settings(Map<String, String> arguments, Map<String, String> environment) {
        this.arguments = arguments;
        this.environment = environment;
    }

    /** @throws IOException when a file that was named cannot be read */
    static Settings read(Map<String, String> arguments, Map<String, String> environment) throws IOException {
        var settings = new Settings(arguments, environment);
        Optional<Path> daemon = settings.file(DAEMON_JSON, DAEMON_DEFAULT);
        if (daemon.isPresent()) {
            DaemonJson json = DaemonJson.parse(Files.readString(daemon.get()));
            json.unknown()
                    .forEach(key -> System.err.println("caisson: warning: " + daemon.get() + ": \"" + key
                            + "\" is not known to Caisson and has no effect"));
            settings.files.putAll(json.keys());
        }
        Optional<Path> config = settings.file(CONFIG_FILE, CONFIG_DEFAULT);
        if (config.isPresent()) {
            settings.files.putAll(properties(config.get()));
        }
        return settings;
    }

    Optional<String> get(String key) {
        return stronger(key).or(() -> Optional.ofNullable(files.get(key)));
    }

    boolean isTrue(String key) {
        return get(key).map(Boolean::parseBoolean).orElse(false);
    }

    /** Hands everything to the services; the environment they read by themselves. */
    void publish() {
        files.forEach((key, value) -> {
            if (stronger(key).isEmpty()) {
                System.setProperty(key, value);
            }
        });
        arguments.forEach(System::setProperty);
    }

    private Optional<String> stronger(String key) {
        return Optional.ofNullable(arguments.get(key))
                .or(() -> Optional.ofNullable(System.getProperty(key)))
                .or(() -> Optional.ofNullable(environment.get(variable(key))));
    }

    private static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    /** The file that was named, which must be there, or the usual one if it is. */
    private Optional<Path> file(String key, Path usual) throws IOException {
        Optional<Path> named = stronger(key).map(Path::of);
        if (named.isPresent() && !Files.isReadable(named.get())) {
            throw new IOException("cannot read " + named.get());
        }
        return named.isPresent() ? named : Optional.of(usual).filter(Files::isReadable);
    }

    private static Map<String, String> properties(Path file) throws IOException {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        var map = new HashMap<String, String>();
        properties.stringPropertyNames().forEach(name -> map.put(name, properties.getProperty(name)));
        return map;
    }
}
