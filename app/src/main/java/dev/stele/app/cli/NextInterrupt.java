package dev.stele.app.cli;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * What the next Ctrl-C does. The virtual machine takes no more of them once it is ending, which may
 * take a while; here the system's own way is brought back, which ends the process at once.
 */
final class NextInterrupt {

    private static final int INTERRUPT = 2;
    private static final MemorySegment END = MemorySegment.NULL;
    private static final MemorySegment IGNORE = MemorySegment.ofAddress(1);

    private NextInterrupt() {}

    /** From now on Ctrl-C ends the process at once, unless it was told to ignore it. */
    static void endsAtOnce() {
        if (NextInterrupt.class.getModule().isNativeAccessEnabled()) {
            try {
                MethodHandle signal = signal();
                var former = (MemorySegment) signal.invokeExact(INTERRUPT, END);
                if (former.equals(IGNORE)) {
                    var _ = (MemorySegment) signal.invokeExact(INTERRUPT, IGNORE);
                }
            } catch (Throwable notOnThisSystem) {
                // Then the process ends in order, and not before.
            }
        }
    }

    @SuppressWarnings("restricted") // the function is the system's own, and its shape is known
    private static MethodHandle signal() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("signal"),
                FunctionDescriptor.of(
                        ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    }
}
