package io.caisson.linux.file;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * SHA-256 by OpenSSL's libcrypto, which uses what the processor has for it. The JDK's own does so only when its second
 * compiler runs; without it hashing is what bounds pulls and loads.
 */
@SuppressWarnings("restricted")
public final class NativeSha256 extends MessageDigest {
    private static final int LENGTH = 32;
    /** {@code SHA256_CTX}: plain numbers, no pointers. */
    private static final int CONTEXT = 112;
    /** No garbage is collected while a piece is hashed: some 50 µs. */
    private static final int PIECE = 64 * 1024;

    private static final Optional<Functions> FUNCTIONS = Functions.find();

    private record Functions(MethodHandle init, MethodHandle update, MethodHandle end) {
        static Optional<Functions> find() {
            for (String name : new String[] {"libcrypto.so.3", "libcrypto.so.1.1"}) {
                try {
                    var library = SymbolLookup.libraryLookup(name, Arena.global());
                    return Optional.of(new Functions(
                            function(library, "SHA256_Init", ADDRESS),
                            function(library, "SHA256_Update", ADDRESS, ADDRESS, JAVA_LONG),
                            function(library, "SHA256_Final", ADDRESS, ADDRESS)));
                } catch (IllegalArgumentException | java.util.NoSuchElementException _) {
                    // the next one, or the JDK's
                }
            }
            return Optional.empty();
        }

        private static MethodHandle function(SymbolLookup library, String name, MemoryLayout... parameters) {
            return Linker.nativeLinker()
                    .downcallHandle(
                            library.findOrThrow(name),
                            FunctionDescriptor.of(JAVA_INT, parameters),
                            Linker.Option.critical(true));
        }
    }

    private final Functions functions;
    private final byte[] context = new byte[CONTEXT];

    private NativeSha256(Functions functions) {
        super("SHA-256");
        this.functions = functions;
        engineReset();
    }

    /** Nothing when the host has no libcrypto. */
    public static Optional<MessageDigest> create() {
        return FUNCTIONS.map(NativeSha256::new);
    }

    @Override
    protected int engineGetDigestLength() {
        return LENGTH;
    }

    @Override
    protected void engineUpdate(byte input) {
        engineUpdate(new byte[] {input}, 0, 1);
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) {
        for (int done = 0; done < length; done += PIECE) {
            int size = Math.min(PIECE, length - done);
            var piece = MemorySegment.ofArray(input).asSlice((long) offset + done, size);
            try {
                check((int) functions.update().invokeExact(MemorySegment.ofArray(context), piece, (long) size));
            } catch (Throwable t) {
                throw unexpected(t);
            }
        }
    }

    @Override
    protected byte[] engineDigest() {
        byte[] result = new byte[LENGTH];
        try {
            check((int) functions.end().invokeExact(MemorySegment.ofArray(result), MemorySegment.ofArray(context)));
        } catch (Throwable t) {
            throw unexpected(t);
        }
        engineReset();
        return result;
    }

    @Override
    protected void engineReset() {
        try {
            check((int) functions.init().invokeExact(MemorySegment.ofArray(context)));
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    private static void check(int done) {
        if (done != 1) {
            throw new IllegalStateException("libcrypto refuses to hash");
        }
    }

    private static IllegalStateException unexpected(Throwable t) {
        return t instanceof IllegalStateException e ? e : new IllegalStateException(t);
    }
}
