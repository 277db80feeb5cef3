package io.caisson.standalone;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The places of one instance on a host. Everything derives from the data directory, so that two instances with different
 * ones never meet.
 */
record Site(String instance, Path data, Path run, Path socket) {
    private static final Path USUAL_DATA = Path.of("/var/lib/caisson");
    private static final Path USUAL_RUN = Path.of("/run/caisson");
    private static final String USUAL_INSTANCE = "c0";

    static Site of(Settings settings) {
        Path data = path(settings.get(Settings.DATA).orElse(USUAL_DATA.toString()));
        String instance = settings.get(Settings.INSTANCE).orElseGet(() -> instanceOf(data));
        Path run = path(settings.get(Settings.RUN).orElseGet(() -> runOf(instance)));
        Path socket = path(settings.get(Settings.SOCKET).orElseGet(() -> run + "/docker.sock"));
        return new Site(instance, data, run, socket);
    }

    /** {@code c0} for the usual data directory, else {@code c} and four hex digits of its path's SHA-256. */
    static String instanceOf(Path data) {
        if (data.equals(USUAL_DATA)) {
            return USUAL_INSTANCE;
        }
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(data.toString().getBytes(StandardCharsets.UTF_8));
            return "c" + HexFormat.of().formatHex(hash, 0, 2);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String runOf(String instance) {
        return instance.equals(USUAL_INSTANCE) ? USUAL_RUN.toString() : USUAL_RUN + "-" + instance;
    }

    private static Path path(String text) {
        return Path.of(text).toAbsolutePath().normalize();
    }

    /**
     * Makes the folders and claims them for this process, until closed.
     *
     * @throws IOException when another process has them, or serves the socket
     */
    Closeable occupy() throws IOException {
        makeFolder(data, "rwx--x---");
        makeFolder(run, "rwx--x--x");
        makeFolder(socket.resolveSibling("."), "rwxr-xr-x");
        FileChannel channel =
                FileChannel.open(data.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            channel.close();
            throw new IOException("another Caisson uses " + data);
        }
        if (isServed(socket)) {
            channel.close();
            throw new IOException("another program serves " + socket);
        }
        return channel;
    }

    /** Tells the services. */
    void publish() {
        System.setProperty(Settings.DATA, data.toString());
        System.setProperty(Settings.RUN, run.toString());
        System.setProperty(Settings.SOCKET, socket.toString());
        System.setProperty(Settings.INSTANCE, instance);
    }

    /** Whether somebody accepts connections there; a socket that a killed process left behind is nobody. */
    static boolean isServed(Path socket) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            return false;
        }
    }

    private static void makeFolder(Path folder, String mode) throws IOException {
        Path plain = folder.normalize();
        if (!Files.isDirectory(plain)) {
            Files.createDirectories(plain);
            Files.setPosixFilePermissions(plain, PosixFilePermissions.fromString(mode));
        }
    }
}
