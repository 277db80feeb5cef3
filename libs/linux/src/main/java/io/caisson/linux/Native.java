package io.caisson.linux;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * Handles to C functions, for the bindings of this library.
 *
 * <p>Every handle captures {@code errno}: its first parameter is {@link NativeCall#state()}. Keep handles in {@code static
 * final} fields, so that the JIT can inline them.
 */
@SuppressWarnings("restricted")
public final class Native {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");

    private Native() {}

    /** A function of libc with a fixed list of parameters. */
    public static MethodHandle function(String name, MemoryLayout result, MemoryLayout... parameters) {
        return function(LINKER.defaultLookup(), name, result, parameters);
    }

    /** A function of another library. */
    public static MethodHandle function(
            SymbolLookup library, String name, MemoryLayout result, MemoryLayout... parameters) {
        return LINKER.downcallHandle(library.findOrThrow(name), FunctionDescriptor.of(result, parameters), ERRNO);
    }

    /** A function of another library that returns nothing. */
    public static MethodHandle procedure(SymbolLookup library, String name, MemoryLayout... parameters) {
        return LINKER.downcallHandle(library.findOrThrow(name), FunctionDescriptor.ofVoid(parameters), ERRNO);
    }

    /** A function of libc whose parameters from {@code firstVariadic} on (counted from 0) are variadic in C. */
    public static MethodHandle variadic(
            String name, int firstVariadic, MemoryLayout result, MemoryLayout... parameters) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(result, parameters),
                ERRNO,
                Linker.Option.firstVariadicArg(firstVariadic));
    }
}
