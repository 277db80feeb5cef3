package io.caisson.layerstore;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.caisson.oci.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** A registry's blobs, served well or badly: the first part of the path says how. */
final class BlobServer implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
    private final CountDownLatch gate = new CountDownLatch(1);
    /** {@code path range authorization} of each request. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    BlobServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    String add(String manner, byte[] blob) {
        String path = "/" + manner + "/" + Digest.sha256(blob).hex();
        return add(manner, blob, path);
    }

    private String add(String manner, byte[] blob, String path) {
        blobs.put(path, blob);
        blobs.put(path.replace("/" + manner + "/", "/good/"), blob);
        return url(path);
    }

    String url(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    /** Lets the downloads at {@code /gated/} go on. */
    void open() {
        gate.countDown();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String range = exchange.getRequestHeaders().getFirst("Range");
        requests.add(path + " " + range + " " + exchange.getRequestHeaders().getFirst("Authorization"));
        byte[] blob = blobs.get(path);
        try (exchange) {
            if (blob == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            answer(exchange, path, range, blob);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private void answer(HttpExchange exchange, String path, String range, byte[] blob)
            throws IOException, InterruptedException {
        switch (path.split("/")[1]) {
            case "good" -> send(exchange, range, blob, blob.length);
            case "cut" -> send(exchange, range, blob, range == null ? blob.length / 2 : blob.length);
            case "rude" -> send(exchange, null, blob, requests.size() == 1 ? blob.length / 2 : blob.length);
            case "always-cut" -> send(exchange, range, blob, 10);
            case "stalled" -> {
                send(exchange, range, blob, range == null ? blob.length / 2 : blob.length);
                if (range == null) {
                    gate.await();
                }
            }
            case "private" -> exchange.sendResponseHeaders(401, -1);
            case "down" -> exchange.sendResponseHeaders(503, -1);
            case "lying" -> send(exchange, null, Arrays.copyOf(blob, blob.length + 7), blob.length + 7);
            case "moved" -> {
                String there = "http://127.0.0.1:" + server.getAddress().getPort() + path.replace("/moved/", "/good/");
                exchange.getResponseHeaders().add("Location", there);
                exchange.sendResponseHeaders(307, -1);
            }
            case "gated" -> {
                gate.await();
                send(exchange, range, blob, blob.length);
            }
            default -> throw new IllegalArgumentException(path);
        }
    }

    private static void send(HttpExchange exchange, String range, byte[] blob, int until) throws IOException {
        int from = range == null ? 0 : Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
        if (range != null) {
            exchange.getResponseHeaders()
                    .add("Content-Range", "bytes " + from + "-" + (blob.length - 1) + "/" + blob.length);
        }
        exchange.sendResponseHeaders(range == null ? 200 : 206, blob.length - from);
        OutputStream body = exchange.getResponseBody();
        body.write(blob, from, Math.min(until, blob.length) - from);
        body.flush();
    }

    @Override
    public void close() {
        gate.countDown();
        server.stop(0);
    }
}
