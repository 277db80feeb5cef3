package io.caisson.executor.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QuestionTest {
    @Test
    void shouldReadNameTypeAndSize() {
        Question plain = Queries.question("Web.MyNet", 1);
        assertThat(plain.name()).isEqualTo("web.mynet");
        assertThat(plain.type()).isEqualTo(1);
        assertThat(plain.dnsClass()).isEqualTo(1);
        assertThat(plain.datagramLimit()).isEqualTo(512);

        assertThat(Question.parse(Queries.query("x", 28, 1232)).orElseThrow().datagramLimit())
                .isEqualTo(1232);
        assertThat(Question.parse(Queries.query("x", 28, 65000)).orElseThrow().datagramLimit())
                .isEqualTo(4096);
        assertThat(Question.parse(Queries.query("x", 28, 10)).orElseThrow().datagramLimit())
                .isEqualTo(512);
    }

    @Test
    void shouldTakeTheRootsName() {
        byte[] query = Queries.query("x", 2);
        byte[] root = new byte[query.length - 2];
        System.arraycopy(query, 0, root, 0, 12);
        System.arraycopy(query, 14, root, 12, root.length - 12);

        assertThat(Question.parse(root))
                .hasValueSatisfying(q -> assertThat(q.name()).isEmpty());
    }

    @Test
    void shouldRefuseScrapsPointersAndEndlessNames() {
        byte[] query = Queries.query("abc", 1);
        for (int length = 0; length < query.length; length++) {
            assertThat(Question.parse(Arrays.copyOf(query, length))).isEmpty();
        }
        byte[] pointer = query.clone();
        pointer[12] = (byte) 0xc0;
        assertThat(Question.parse(pointer)).isEmpty();
        assertThat(Question.parse(Queries.query("a".repeat(60) + ("." + "b".repeat(60)).repeat(4), 1)))
                .isEmpty();
        byte[] answer = query.clone();
        var _ = Queries.answered(answer);
        assertThat(Question.parse(answer)).isEmpty();
        assertThat(Replies.refusal(answer)).isEmpty();
    }

    @Test
    void shouldNotConfuseALabelWithADotAndTwoLabels() {
        byte[] query = Queries.query("axb", 1);
        query[14] = '.';

        assertThat(Question.parse(query))
                .hasValueSatisfying(q -> assertThat(q.name()).isEqualTo("a\\.b"));
    }

    @Test
    void shouldSurviveAnything() {
        var random = new Random(7);
        for (int i = 0; i < 50_000; i++) {
            byte[] noise = new byte[random.nextInt(64)];
            random.nextBytes(noise);
            if (noise.length > 5 && i % 2 == 0) {
                noise[2] = 0;
                noise[3] = 0;
                noise[4] = 0;
                noise[5] = 1;
            }
            Question.parse(noise).ifPresent(question -> {
                assertThat(question.end()).isLessThanOrEqualTo(noise.length);
                assertThat(question.datagramLimit()).isBetween(512, 4096);
                assertThat(Replies.empty(question, 2)).hasSize(question.end());
            });
            assertThat(Replies.refusal(noise).orElse(new byte[12])).hasSize(12);
        }
    }

    @Test
    void shouldKnowItsAnswer() {
        Question question = Queries.question("Example.org", 1);
        byte[] answer = Replies.empty(question, 0);
        Message.u16(answer, 0, 77);
        for (int i = 13; i < 20; i++) {
            answer[i] = (byte) Character.toUpperCase(answer[i]);
        }

        assertThat(question.isAnsweredBy(answer, 77)).isTrue();
        assertThat(question.isAnsweredBy(answer, 78)).isFalse();
        assertThat(question.isAnsweredBy(Arrays.copyOf(answer, 12), 77)).isFalse();
        assertThat(question.isAnsweredBy(Queries.query("Example.org", 1), 0x1234))
                .isFalse();
    }
}
