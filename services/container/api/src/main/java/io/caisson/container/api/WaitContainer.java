package io.caisson.container.api;

/** What to wait for. */
public record WaitContainer(String nameOrId, Condition condition) {
    /** Docker's wait conditions. */
    public enum Condition {
        /** At once when it does not run, created ones included. */
        NOT_RUNNING,
        /** The next end, even when it has not started yet. */
        NEXT_EXIT,
        /** It is gone. */
        REMOVED
    }
}
