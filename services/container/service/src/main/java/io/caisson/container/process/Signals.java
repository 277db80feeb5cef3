package io.caisson.container.process;

import io.caisson.container.model.Absent;
import io.caisson.kernel.Fault;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Linux's signals by name and number. */
public final class Signals {
    public static final int KILL = 9;
    public static final int TERM = 15;
    private static final int RTMIN = 34;
    private static final int RTMAX = 64;

    /** Numbers 1 to 31. */
    private static final List<String> NAMES = List.of(
            "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
            "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
            "WINCH", "IO", "PWR", "SYS");

    private Signals() {}

    /**
     * Parses {@code 9}, {@code KILL}, {@code sigkill} or {@code RTMIN+3}.
     *
     * @throws Fault INVALID {@code invalid signal: x}
     */
    public static int parse(String text) {
        String name = text.trim().toUpperCase(Locale.ROOT);
        if (!name.isEmpty() && name.chars().allMatch(Character::isDigit)) {
            return checked(number(name, text), text);
        }
        if (name.startsWith("SIG")) {
            name = name.substring(3);
        }
        int alias = alias(name);
        if (alias != 0) {
            return alias;
        }
        int index = NAMES.indexOf(name);
        return index < 0 ? realtime(name, text) : index + 1;
    }

    /** The signal a stop begins with. */
    public static int stopSignal(@Nullable String configured) {
        return Absent.text(configured).isEmpty() ? TERM : parse(Absent.text(configured));
    }

    private static int alias(String name) {
        return switch (name) {
            case "IOT" -> 6;
            case "CLD" -> 17;
            case "POLL" -> 29;
            default -> 0;
        };
    }

    private static int realtime(String name, String text) {
        if (name.equals("RTMIN")) {
            return RTMIN;
        }
        if (name.equals("RTMAX")) {
            return RTMAX;
        }
        if (name.startsWith("RTMIN+")) {
            return inRange(RTMIN + number(name.substring(6), text), text);
        }
        if (name.startsWith("RTMAX-")) {
            return inRange(RTMAX - number(name.substring(6), text), text);
        }
        throw invalid(text);
    }

    private static int inRange(int signal, String text) {
        if (signal < RTMIN || signal > RTMAX) {
            throw invalid(text);
        }
        return signal;
    }

    private static int number(String digits, String text) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException _) {
            throw invalid(text);
        }
    }

    private static int checked(int signal, String text) {
        if (signal < 1 || signal > RTMAX) {
            throw invalid(text);
        }
        return signal;
    }

    private static Fault invalid(String text) {
        return Fault.invalid("invalid signal: " + text);
    }
}
