package io.caisson.executor.monitor;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.caisson.bus.wire.WireJson;
import io.caisson.executor.task.Outcome;

/** A line that a monitor says on a watching connection. */
public sealed interface MonitorReply {
    /** The container has not started yet. */
    record Created() implements MonitorReply {}

    record Running(int pid) implements MonitorReply {}

    /** @param error the runtime's own words */
    record Failed(String error) implements MonitorReply {}

    record Exited(Outcome outcome) implements MonitorReply {}

    /** The monitor closed the connection: the runtime has deleted the container, its id is free. */
    record Closed() implements MonitorReply {}

    static MonitorReply parse(String line) {
        String[] words = line.split(" ", 2);
        return switch (words[0]) {
            case "created" -> new Created();
            case "running" -> new Running(Integer.parseInt(words[1]));
            case "failed" -> new Failed(unquote(words[1]));
            case "exited" -> exited(words[1].split(" "));
            default -> throw new IllegalArgumentException("not a monitor's line: " + line);
        };
    }

    private static Exited exited(String[] numbers) {
        int code = Integer.parseInt(numbers[0]);
        return new Exited(Outcome.of(code, numbers[2].equals("1"), Long.parseLong(numbers[3])));
    }

    private static String unquote(String json) {
        try {
            return WireJson.mapper().readValue(json, String.class);
        } catch (JsonProcessingException _) {
            return json;
        }
    }
}
