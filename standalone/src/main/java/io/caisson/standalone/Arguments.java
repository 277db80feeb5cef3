package io.caisson.standalone;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** The command line, as configuration keys. */
final class Arguments {
    private static final Map<String, String> WITH_VALUE = Map.of(
            "--data", Settings.DATA,
            "--run", Settings.RUN,
            "--socket", Settings.SOCKET,
            "--instance", Settings.INSTANCE,
            "--tcp", Settings.TCP,
            "--config", Settings.CONFIG_FILE,
            "--daemon-json", Settings.DAEMON_JSON);

    private Arguments() {}

    /** Both {@code --key value} and {@code --key=value}. */
    static Map<String, String> parse(String... args) {
        var keys = new HashMap<String, String>();
        for (Iterator<String> words = List.of(args).iterator(); words.hasNext(); ) {
            String word = words.next();
            if (word.equals("--docker-socket")) {
                keys.put(Settings.DOCKER_SOCKET, "true");
                continue;
            }
            int equals = word.indexOf('=');
            String option = equals < 0 ? word : word.substring(0, equals);
            String key = WITH_VALUE.get(option);
            if (key == null) {
                throw new IllegalArgumentException("unknown option: " + option);
            }
            if (equals < 0 && !words.hasNext()) {
                throw new IllegalArgumentException("option needs a value: " + option);
            }
            keys.put(key, equals < 0 ? words.next() : word.substring(equals + 1));
        }
        return keys;
    }
}
