package io.caisson.metadata;

import jakarta.enterprise.context.ApplicationScoped;

/** The platform's own schema: {@code events}. */
@ApplicationScoped
class EventsSchema implements ServiceSchema {
    @Override
    public String name() {
        return "events";
    }
}
