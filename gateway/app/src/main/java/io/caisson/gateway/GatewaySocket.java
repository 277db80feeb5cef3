package io.caisson.gateway;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.DomainSocketServerStart;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes room for the socket, and lets the group {@code docker} use it where there is one. */
@ApplicationScoped
class GatewaySocket {
    private final Path socket;

    GatewaySocket(@ConfigProperty(name = "caisson.socket") String socket) {
        this.socket = Path.of(socket).toAbsolutePath();
    }

    void makeRoom(@Observes StartupEvent event) throws IOException {
        Files.createDirectories(socket.getParent());
    }

    void open(@ObservesAsync DomainSocketServerStart started) throws IOException {
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw----"));
        try {
            var group = socket.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName("docker");
            Files.getFileAttributeView(socket, PosixFileAttributeView.class).setGroup(group);
        } catch (UserPrincipalNotFoundException e) {
            // Then it is root's alone.
        }
    }
}
