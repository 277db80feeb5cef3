package io.caisson.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class RequestTest {
    @Test
    void shouldPadAttributesWhenTheirLengthIsOdd() {
        var request = new Request("test", 16, Request.ACK).attribute(3, "ab").attribute(4, 7);

        ByteBuffer message = request.message(42);

        assertThat(message.getInt(0)).isEqualTo(16 + 8 + 8).isEqualTo(message.remaining());
        assertThat(message.getShort(4)).isEqualTo((short) 16);
        assertThat(message.getShort(6)).isEqualTo((short) (Request.REQUEST | Request.ACK));
        assertThat(message.getInt(8)).isEqualTo(42);
        assertThat(message.getShort(16)).isEqualTo((short) 7);
    }

    @Test
    void shouldReadBackWhatItWroteWhenNested() {
        var request = new Request("test", 16, 0);
        request.nested(18, () -> request.attribute(1, "veth").nested(2, () -> request.attribute(5, 9)));

        Reply.Attributes attributes = Reply.Attributes.parse(ByteBuffer.wrap(request.payload()));

        assertThat(attributes.nested(18).text(1)).isEqualTo("veth");
        assertThat(attributes.nested(18).nested(2).u32(5, 0)).isEqualTo(9);
        assertThat(attributes.nested(18).nested(2).u32(6, -1)).isEqualTo(-1);
        assertThat(attributes.nested(99).text(1)).isEmpty();
    }

    @Test
    void shouldStopReadingWhenAttributesAreCutOff() {
        byte[] bytes =
                new Request("test", 16, 0).attribute(1, 5).attribute(2, 6).payload();

        Reply.Attributes attributes =
                Reply.Attributes.parse(ByteBuffer.wrap(bytes, 0, 13).slice());

        assertThat(attributes.byType()).containsOnlyKeys(1);
    }
}
