package io.caisson.executor.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.network.api.NameTable;
import io.caisson.network.api.NameTable.Entry;
import io.caisson.network.api.NetworkPlan.ResolverPlan;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LookupTest {
    private final NameBook book = new NameBook();
    private final Lookup lookup = new Lookup(book, plan(true, "n1", "n2"));

    LookupTest() {
        book.set(
                List.of(
                        new NameTable(
                                "n1",
                                "front",
                                1,
                                List.of(
                                        new Entry("10.0.0.2", List.of("web", "shared")),
                                        new Entry("10.0.0.3", List.of("Api", "shared")))),
                        new NameTable("n2", "back.net", 1, List.of(new Entry("10.1.0.2", List.of("db", "web"))))),
                List.of());
    }

    private static ResolverPlan plan(boolean external, String... networks) {
        return new ResolverPlan(List.of(networks), Map.of("Linked", "db"), external);
    }

    private List<String> find(String name) {
        Question question = Queries.question(name, 1);
        return lookup.answer(question, 512)
                .map(reply -> Queries.addresses(reply, question))
                .orElse(List.of());
    }

    @Test
    void shouldFindNamesAliasesLinksAndCompletedNames() {
        assertThat(find("web")).containsExactly("10.0.0.2");
        assertThat(find("WEB")).containsExactly("10.0.0.2");
        assertThat(find("api")).containsExactly("10.0.0.3");
        assertThat(find("shared")).containsExactlyInAnyOrder("10.0.0.2", "10.0.0.3");
        assertThat(find("db")).containsExactly("10.1.0.2");
        assertThat(find("linked")).containsExactly("10.1.0.2");
        assertThat(find("web.back.net")).containsExactly("10.1.0.2");
        assertThat(find("web.front")).containsExactly("10.0.0.2");
    }

    @Test
    void shouldSayThatThereIsNothingElseWhenANameIsKnown() {
        byte[] reply = lookup.answer(Queries.question("web", 28), 512).orElseThrow();

        assertThat(Message.rcode(reply)).isEqualTo(Message.OK);
        assertThat(Message.u16(reply, 6)).isZero();
        assertThat(Message.flags(reply) & Message.RESPONSE).isNotZero();
    }

    @Test
    void shouldNameAddressesWhenAskedInReverse() {
        byte[] reply = lookup.answer(Queries.question("3.0.0.10.in-addr.arpa", 12), 512)
                .orElseThrow();

        assertThat(new String(reply, StandardCharsets.ISO_8859_1)).contains("\3Api\5front\0");
        assertThat(lookup.answer(Queries.question("9.0.0.10.in-addr.arpa", 12), 512))
                .isEmpty();
        assertThat(lookup.answer(Queries.question("999.0.0.10.in-addr.arpa", 12), 512))
                .isEmpty();
    }

    @Test
    void shouldAskOutsideOnlyWhereThereIsAnOutside() {
        assertThat(lookup.answer(Queries.question("example.org", 1), 512)).isEmpty();
        assertThat(rcode(plan(false, "n1"), "example.org")).contains(Message.NO_SUCH_NAME);
        assertThat(rcode(plan(true, "n1", "unheard-of"), "example.org")).contains(Message.SERVER_FAILURE);
    }

    private Optional<Integer> rcode(ResolverPlan plan, String name) {
        return new Lookup(book, plan).answer(Queries.question(name, 1), 512).map(Message::rcode);
    }

    @Test
    void shouldCutAnswersThatDoNotFit() {
        book.set(
                List.of(new NameTable(
                        "n1",
                        "front",
                        2,
                        IntStream.range(0, 100)
                                .mapToObj(i -> new Entry("10.0.1." + i, List.of("many")))
                                .toList())),
                List.of());
        Question question = Queries.question("many", 1);

        byte[] small = lookup.answer(question, 512).orElseThrow();
        byte[] large = lookup.answer(question, 65535).orElseThrow();

        assertThat(small.length).isLessThanOrEqualTo(512);
        assertThat(Message.flags(small) & Message.TRUNCATED).isNotZero();
        assertThat(Queries.addresses(large, question)).hasSize(100).doesNotHaveDuplicates();
        assertThat(Message.flags(large) & Message.TRUNCATED).isZero();
        byte[] cut = Replies.fitted(question, large, 512);
        assertThat(cut).hasSize(question.end());
        assertThat(Message.flags(cut) & Message.TRUNCATED).isNotZero();
    }

    @Test
    void shouldKeepTheNewerTable() {
        book.set(List.of(new NameTable("n1", "front", 0, List.of())), List.of());
        assertThat(find("web")).containsExactly("10.0.0.2");

        book.set(List.of(new NameTable("n1", "front", 3, List.of())), List.of("n2"));
        assertThat(book.of("n2")).isEmpty();
        assertThat(book.of("n1"))
                .hasValueSatisfying(names -> assertThat(names.find("web")).isEmpty());
    }
}
