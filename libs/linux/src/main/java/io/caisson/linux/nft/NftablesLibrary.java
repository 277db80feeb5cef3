package io.caisson.linux.nft;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.caisson.kernel.Fault;
import io.caisson.linux.Native;
import io.caisson.linux.NativeCall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/** The functions of libnftables(3), loaded once. */
final class NftablesLibrary {
    private static final String NAME = "libnftables.so.1";

    private final MethodHandle contextNew;
    private final MethodHandle contextFree;
    private final MethodHandle bufferOutput;
    private final MethodHandle bufferError;
    private final MethodHandle output;
    private final MethodHandle error;
    private final MethodHandle run;
    private final MethodHandle setFlags;

    private NftablesLibrary(SymbolLookup library) {
        contextNew = Native.function(library, "nft_ctx_new", ADDRESS, JAVA_INT);
        contextFree = Native.procedure(library, "nft_ctx_free", ADDRESS);
        bufferOutput = Native.function(library, "nft_ctx_buffer_output", JAVA_INT, ADDRESS);
        bufferError = Native.function(library, "nft_ctx_buffer_error", JAVA_INT, ADDRESS);
        output = Native.function(library, "nft_ctx_get_output_buffer", ADDRESS, ADDRESS);
        error = Native.function(library, "nft_ctx_get_error_buffer", ADDRESS, ADDRESS);
        run = Native.function(library, "nft_run_cmd_from_buffer", JAVA_INT, ADDRESS, ADDRESS);
        setFlags = Native.procedure(library, "nft_ctx_output_set_flags", ADDRESS, JAVA_INT);
    }

    /** An UNAVAILABLE fault says what to install when the host lacks it. */
    static NftablesLibrary get() {
        try {
            return Holder.LIBRARY;
        } catch (LinkageError e) {
            throw new Fault(
                    Fault.Kind.UNAVAILABLE,
                    NAME + " cannot be loaded: install nftables' library (libnftables1) on this host",
                    e);
        }
    }

    /** A context that keeps its output and its errors in buffers. */
    MemorySegment open() {
        try (var call = NativeCall.open()) {
            var context = (MemorySegment) contextNew.invokeExact(call.state(), 0);
            if (context.address() == 0) {
                throw new NftablesException("nft_ctx_new failed");
            }
            int failed = (int) bufferOutput.invokeExact(call.state(), context);
            failed |= (int) bufferError.invokeExact(call.state(), context);
            if (failed != 0) {
                throw new NftablesException("nft_ctx_buffer failed");
            }
            return context;
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }

    /** Runs commands; the output, or the exception with the error text. */
    String run(MemorySegment context, String commands, int flags) {
        try (var call = NativeCall.open()) {
            setFlags.invokeExact(call.state(), context, flags);
            int result = (int) run.invokeExact(call.state(), context, call.text(commands));
            // Reading the buffers empties them: always both.
            String errors = text((MemorySegment) error.invokeExact(call.state(), context));
            String answer = text((MemorySegment) output.invokeExact(call.state(), context));
            if (result != 0) {
                throw new NftablesException(errors.isBlank() ? "nft failed without a reason" : errors.strip());
            }
            return answer;
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }

    void close(MemorySegment context) {
        try (var call = NativeCall.open()) {
            contextFree.invokeExact(call.state(), context);
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }

    @SuppressWarnings("restricted")
    private static String text(MemorySegment pointer) {
        return pointer.address() == 0 ? "" : pointer.reinterpret(Long.MAX_VALUE).getString(0);
    }

    private static final class Holder {
        static final NftablesLibrary LIBRARY = load();

        @SuppressWarnings("restricted")
        private static NftablesLibrary load() {
            try {
                return new NftablesLibrary(SymbolLookup.libraryLookup(NAME, Arena.global()));
            } catch (IllegalArgumentException e) {
                throw new LinkageError(NAME, e);
            }
        }
    }
}
