package io.caisson.executor.dns;

import io.caisson.executor.dns.NetworkNames.Address;
import io.caisson.network.api.NetworkPlan.ResolverPlan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a container is told. Pure but for the order of several addresses, which is another one every time. */
final class Lookup {
    private static final Pattern REVERSE =
            Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.in-addr\\.arpa");

    private final NameBook book;
    private final ResolverPlan plan;
    private final Map<String, String> links;

    Lookup(NameBook book, ResolverPlan plan) {
        this.book = book;
        this.plan = plan;
        this.links = plan.links().entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> lower(entry.getKey()), entry -> lower(entry.getValue()), (a, _) -> a));
    }

    /**
     * The answer; empty when somebody outside has to be asked.
     *
     * @param limit how many bytes it may have
     */
    Optional<byte[]> answer(Question question, int limit) {
        if (question.dnsClass() != Message.CLASS_IN) {
            return elsewhere(question);
        }
        List<Address> found = addresses(question.name());
        if (!found.isEmpty()) {
            return Optional.of(
                    question.type() == Message.TYPE_A
                            ? Replies.addresses(question, shuffled(found), limit)
                            : Replies.empty(question, Message.OK));
        }
        if (question.type() == Message.TYPE_PTR) {
            Optional<String> name = container(question.name());
            if (name.isPresent()) {
                return Optional.of(Replies.pointer(question, name.get()));
            }
        }
        return elsewhere(question);
    }

    private List<Address> addresses(String name) {
        String target = links.getOrDefault(name, name);
        return plan.networks().stream()
                .flatMap(network -> book.of(network).stream())
                .map(names -> names.find(target))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private static List<Address> shuffled(List<Address> addresses) {
        List<Address> copy = new ArrayList<>(addresses);
        Collections.shuffle(copy, ThreadLocalRandom.current());
        return copy;
    }

    private Optional<String> container(String name) {
        Matcher parts = REVERSE.matcher(name);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int bits = 0;
        for (int i = 4; i >= 1; i--) {
            int part = Integer.parseInt(parts.group(i));
            if (part > 255) {
                return Optional.empty();
            }
            bits = (bits << 8) | part;
        }
        var address = new Address(bits);
        return plan.networks().stream()
                .flatMap(network -> book.of(network).stream())
                .flatMap(names -> names.nameOf(address).stream())
                .findFirst();
    }

    /** Nobody may be asked from internal networks; and not before it is known who is on the others. */
    private Optional<byte[]> elsewhere(Question question) {
        if (plan.networks().stream().anyMatch(network -> book.of(network).isEmpty())) {
            return Optional.of(Replies.empty(question, Message.SERVER_FAILURE));
        }
        return plan.external() ? Optional.empty() : Optional.of(Replies.empty(question, Message.NO_SUCH_NAME));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
