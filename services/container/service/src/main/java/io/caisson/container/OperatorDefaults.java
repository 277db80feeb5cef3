package io.caisson.container;

import io.caisson.container.config.DnsDefaults;
import io.caisson.container.config.LogDefaults;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.Config;

/** What an operator has set for containers that don't say otherwise, in the words of {@code daemon.json}. */
@ApplicationScoped
class OperatorDefaults {
    private static final String LOG_OPTION = "caisson.log-opts.";

    private final LogDefaults logs;
    private final DnsDefaults dns;

    OperatorDefaults(Config config) {
        this.logs = new LogDefaults(
                config.getOptionalValue("caisson.log-driver", String.class).orElse(LogDefaults.DOCKERS.driver()),
                logOptions(config));
        this.dns = new DnsDefaults(
                list(config, "caisson.dns"), list(config, "caisson.dns-search"), list(config, "caisson.dns-opts"));
    }

    LogDefaults logs() {
        return logs;
    }

    DnsDefaults dns() {
        return dns;
    }

    private static Map<String, String> logOptions(Config config) {
        Map<String, String> options = new HashMap<>();
        for (String name : config.getPropertyNames()) {
            if (name.startsWith(LOG_OPTION)) {
                options.put(name.substring(LOG_OPTION.length()), config.getValue(name, String.class));
            }
        }
        return options;
    }

    private static List<String> list(Config config, String name) {
        return config.getOptionalValues(name, String.class).orElseGet(List::of);
    }
}
