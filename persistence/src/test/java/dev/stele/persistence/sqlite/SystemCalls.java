package dev.stele.persistence.sqlite;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The functions of the system that SQLite's library calls, with others in their places: it replaces
 * the addresses that the loaded library has for them, and puts them back when it is closed. One at
 * a time.
 */
@SuppressWarnings("restricted") // of native memory; the tests run with the right to it
final class SystemCalls implements AutoCloseable {

    private static final String LIBRARY = "libsqlitejdbc.so";
    private static final int RELOCATIONS = 4;

    private final Arena arena = Arena.ofShared();
    private final List<MemorySegment> slots = new ArrayList<>();
    private final List<Long> originals = new ArrayList<>();

    /** The function of the system itself. */
    static MethodHandle original(String function, FunctionDescriptor signature) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(function), signature);
    }

    /**
     * Puts another function in the place of one of the system.
     *
     * @param function its name
     * @param other is called by SQLite; an exception in it would end the process
     * @param signature of both
     */
    void replace(String function, MethodHandle other, FunctionDescriptor signature)
            throws IOException {
        long replacement = Linker.nativeLinker().upcallStub(other, signature, arena).address();
        for (long address : slotsOf(function)) {
            MemorySegment slot =
                    MemorySegment.ofAddress(address).reinterpret(ValueLayout.JAVA_LONG.byteSize());
            slots.add(slot);
            originals.add(slot.get(ValueLayout.JAVA_LONG, 0));
            slot.set(ValueLayout.JAVA_LONG, 0, replacement);
        }
    }

    @Override
    public void close() {
        for (int i = 0; i < slots.size(); i++) {
            slots.get(i).set(ValueLayout.JAVA_LONG, 0, originals.get(i));
        }
        arena.close();
    }

    /** Where the loaded library keeps the address of a function that it imports. */
    private static List<Long> slotsOf(String function) throws IOException {
        String mapping =
                Files.readAllLines(Path.of("/proc/self/maps")).stream()
                        .filter(line -> line.endsWith(LIBRARY))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(LIBRARY + " is not loaded"));
        long base = Long.parseUnsignedLong(mapping.substring(0, mapping.indexOf('-')), 16);
        byte[] file = Files.readAllBytes(Path.of(mapping.substring(mapping.indexOf('/'))));
        List<Long> slots =
                offsetsOf(function, ByteBuffer.wrap(file).order(ByteOrder.nativeOrder())).stream()
                        .map(offset -> base + offset)
                        .toList();
        if (slots.isEmpty()) {
            throw new AssertionError(LIBRARY + " does not import " + function);
        }
        return slots;
    }

    /** The relocations of an ELF file of 64 bits that name the function. */
    private static List<Long> offsetsOf(String function, ByteBuffer elf) {
        var offsets = new ArrayList<Long>();
        for (int i = 0; i < elf.getShort(0x3C); i++) {
            int section = section(elf, i);
            if (elf.getInt(section + 4) != RELOCATIONS) {
                continue;
            }
            int symbols = section(elf, elf.getInt(section + 40));
            int names = section(elf, elf.getInt(symbols + 40));
            int start = (int) elf.getLong(section + 24);
            int end = start + (int) elf.getLong(section + 32);
            for (int entry = start; entry < end; entry += 24) {
                int symbol = (int) (elf.getLong(entry + 8) >>> 32);
                int name = elf.getInt((int) elf.getLong(symbols + 24) + symbol * 24);
                if (function.equals(text(elf, (int) elf.getLong(names + 24) + name))) {
                    offsets.add(elf.getLong(entry));
                }
            }
        }
        return offsets;
    }

    private static int section(ByteBuffer elf, int index) {
        return (int) elf.getLong(0x28) + index * elf.getShort(0x3A);
    }

    private static String text(ByteBuffer elf, int start) {
        var name = new StringBuilder();
        for (int i = start; elf.get(i) != 0; i++) {
            name.append((char) elf.get(i));
        }
        return name.toString();
    }
}
