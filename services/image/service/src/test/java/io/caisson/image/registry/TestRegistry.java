package io.caisson.image.registry;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A small server whose every answer is set by the test; it remembers what it was asked. */
final class TestRegistry implements AutoCloseable {
    private static final int TLS_HANDSHAKE = 0x16;
    final ConcurrentLinkedQueue<Asked> asked = new ConcurrentLinkedQueue<>();
    private final Map<String, Answerer> answers = new ConcurrentHashMap<>();
    private final ServerSocket server;

    record Asked(String method, String path, String query, String authorization, String body) {}

    @SuppressWarnings("ArrayRecordComponent")
    record Answer(int status, byte[] body, Map<String, String> headers) {
        static Answer of(int status, String body, Map<String, String> headers) {
            return new Answer(status, body.getBytes(StandardCharsets.UTF_8), headers);
        }
    }

    interface Answerer {
        Answer answer(Asked asked);
    }

    TestRegistry() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    String domain() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    void on(String path, Answerer answerer) {
        answers.put(path, answerer);
    }

    void on(String path, int status, String body, Map<String, String> headers) {
        on(path, _ -> Answer.of(status, body, headers));
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException _) {
                return;
            }
        }
    }

    /** One request per connection; who speaks TLS is hung up on, as most servers do. */
    private void serve(Socket socket) {
        try (socket) {
            var in = new BufferedInputStream(socket.getInputStream());
            String[] line = line(in).split(" ");
            if (line.length < 3) {
                return;
            }
            Map<String, String> headers = headers(in);
            int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
            URI uri = URI.create(line[1]);
            var request = new Asked(
                    line[0],
                    uri.getPath(),
                    String.valueOf(uri.getQuery()),
                    String.valueOf(headers.get("authorization")),
                    new String(in.readNBytes(length), StandardCharsets.UTF_8));
            asked.add(request);
            write(
                    socket,
                    answers.getOrDefault(request.path(), _ -> Answer.of(404, "", Map.of()))
                            .answer(request));
        } catch (IOException _) {
            // the client has seen enough
        }
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (line.isEmpty() && c == TLS_HANDSHAKE) {
                return "";
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }

    private static Map<String, String> headers(InputStream in) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String[] header = line.split(":", 2);
            headers.put(header[0].toLowerCase(Locale.ROOT), header[1].strip());
        }
        return headers;
    }

    private static void write(Socket socket, Answer answer) throws IOException {
        var head = new StringBuilder("HTTP/1.1 " + answer.status() + " " + reason(answer.status()) + "\r\n");
        answer.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        head.append("Connection: close\r\nContent-Length: " + answer.body().length + "\r\n\r\n");
        socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().write(answer.body());
    }

    private static String reason(int status) {
        return status == 502 ? "Bad Gateway" : "Whatever";
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
