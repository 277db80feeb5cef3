package io.caisson.layerstore;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** Takes uploads, well or badly: the path says how. */
final class UploadServer implements AutoCloseable {
    private final HttpServer server;
    private final CountDownLatch gate = new CountDownLatch(1);
    final Map<String, byte[]> received = new ConcurrentHashMap<>();
    /** {@code method path content-length authorization} of each request. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    UploadServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    String url(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        var headers = exchange.getRequestHeaders();
        requests.add(exchange.getRequestMethod() + " " + path + " " + headers.getFirst("Content-Length") + " "
                + headers.getFirst("Authorization"));
        try (exchange) {
            switch (path.split("/")[1]) {
                case "good" -> {
                    received.put(path, exchange.getRequestBody().readAllBytes());
                    exchange.getResponseHeaders().add("Location", "/committed?state=1");
                    exchange.sendResponseHeaders(202, -1);
                }
                case "private" -> exchange.sendResponseHeaders(401, -1);
                case "denied" -> exchange.sendResponseHeaders(403, -1);
                case "down" -> exchange.sendResponseHeaders(503, -1);
                case "silent" -> gate.await();
                default -> throw new IllegalArgumentException(path);
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        gate.countDown();
        server.stop(0);
    }
}
