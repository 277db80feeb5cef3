package io.caisson.executor.spec;

import io.caisson.oci.Mount;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The init process that containers may be given, where Docker's clients see it.
 *
 * @param program on the host: static, as it runs in any image
 * @param standard whether those containers have it that do not say
 */
public record InitProgram(Path program, boolean standard) {
    private static final String PLACE = "/sbin/docker-init";

    boolean wanted(@Nullable Boolean asked) {
        return asked == null ? standard : asked;
    }

    Mount mount() {
        return new Mount("bind", program.toString(), PLACE, List.of("bind", "ro"));
    }

    static List<String> before(List<String> command) {
        List<String> words = new ArrayList<>(List.of(PLACE, "--"));
        words.addAll(command);
        return words;
    }
}
