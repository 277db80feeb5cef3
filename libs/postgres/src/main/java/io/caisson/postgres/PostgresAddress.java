package io.caisson.postgres;

/** How to reach a server: {@code url} is {@code postgresql://host:port/database}, without credentials. */
public record PostgresAddress(String host, int port, String database, String username, String password) {
    public String url() {
        return "postgresql://" + host + ":" + port + "/" + database;
    }

    @Override
    public String toString() {
        return url() + " as " + username;
    }
}
