package io.caisson.postgres;

import java.nio.file.Path;

/** The server's configuration: small, local, durable. */
final class Settings {
    private Settings() {}

    static String text(int port, Path sockets, boolean durable) {
        return """
                # Written by Caisson at every start.
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = '%s'
                unix_socket_permissions = 0700
                password_encryption = scram-sha-256
                shared_buffers = 16MB
                max_connections = 100
                wal_level = minimal
                max_wal_senders = 0
                max_worker_processes = 2
                max_parallel_workers = 0
                autovacuum_max_workers = 1
                autovacuum_worker_slots = 2
                io_method = sync
                jit = off
                fsync = %s
                synchronous_commit = %s
                full_page_writes = %s
                timezone = 'UTC'
                log_timezone = 'UTC'
                log_min_messages = warning
                log_line_prefix = '%%m [%%p] '
                """.formatted(port, sockets, onOff(durable), onOff(durable), onOff(durable));
    }

    private static String onOff(boolean on) {
        return on ? "on" : "off";
    }
}
