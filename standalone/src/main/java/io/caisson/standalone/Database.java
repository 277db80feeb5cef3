package io.caisson.standalone;

import io.caisson.postgres.PostgresAddress;

/** Tells the services where the embedded database is. */
final class Database {
    private Database() {}

    static void publish(PostgresAddress address) {
        System.setProperty(Settings.DATABASE, address.url());
        System.setProperty("caisson.database.username", address.username());
        System.setProperty("caisson.database.password", address.password());
    }
}
