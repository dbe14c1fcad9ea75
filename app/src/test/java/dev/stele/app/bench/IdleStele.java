package dev.stele.app.bench;

import dev.stele.app.Stele;
import dev.stele.app.config.SteleHome;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Stele, open and idle in a process of its own. It waits until its input ends, and tells before
 * that: what the process holds in memory (the kernel's word), then what is used of its heap.
 */
final class IdleStele {

    private IdleStele() {}

    /**
     * Opens and waits.
     *
     * @param arguments the home, as the last of them
     */
    public static void main(String[] arguments) throws IOException {
        long start = System.nanoTime();
        var home = new SteleHome(Path.of(arguments[arguments.length - 1]));
        try (Stele stele = Stele.builder().home(home).open()) {
            System.out.println("opened " + (System.nanoTime() - start) / 1_000_000);
            long turns = stele.model().turns().size();
            System.in.read();
            System.out.println("resident " + status("VmRSS"));
            System.out.println("peak " + status("VmHWM"));
            MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
            memory.gc();
            System.out.println("heap " + memory.getHeapMemoryUsage().getUsed() / 1_024);
            System.out.println("turns " + turns);
            System.out.flush();
            System.in.read();
        }
    }

    /** A figure of this process in kilobytes. */
    private static long status(String name) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith(name + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }
}
