package io.caisson.linux.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.security.MessageDigest;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NativeSha256Test {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 64, 65, 65_536, 65_537, 1_000_003})
    void shouldAgreeWithTheJdkWhateverTheSize(int size) throws Exception {
        // Given
        var hash = NativeSha256.create();
        assumeTrue(hash.isPresent(), "libcrypto is not installed");
        byte[] bytes = new byte[size + 2];
        new Random(size).nextBytes(bytes);

        // When
        hash.get().update(bytes[0]);
        hash.get().update(bytes, 1, size);
        byte[] first = hash.get().digest();
        byte[] again = hash.get().digest(bytes);

        // Then
        var jdk = MessageDigest.getInstance("SHA-256");
        jdk.update(bytes, 0, size + 1);
        assertThat(first).isEqualTo(jdk.digest());
        assertThat(again).isEqualTo(jdk.digest(bytes));
    }
}
