package io.caisson.engine.api.container;

import java.time.Duration;

/** How long, in Docker's words: {@code Less than a second}, {@code About an hour}, {@code 3 weeks}. */
final class HumanDurations {
    private HumanDurations() {}

    static String of(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 1) {
            return "Less than a second";
        }
        if (seconds == 1) {
            return "1 second";
        }
        if (seconds < 60) {
            return seconds + " seconds";
        }
        long minutes = duration.toMinutes();
        if (minutes == 1) {
            return "About a minute";
        }
        return minutes < 60 ? minutes + " minutes" : hoursAndMore(minutes);
    }

    private static String hoursAndMore(long minutes) {
        long hours = (minutes + 30) / 60;
        if (hours == 1) {
            return "About an hour";
        }
        if (hours < 48) {
            return hours + " hours";
        }
        if (hours < 24 * 7 * 2) {
            return hours / 24 + " days";
        }
        if (hours < 24 * 30 * 2) {
            return hours / 24 / 7 + " weeks";
        }
        if (hours < 24 * 365 * 2) {
            return hours / 24 / 30 + " months";
        }
        return minutes / 60 / 24 / 365 + " years";
    }
}
