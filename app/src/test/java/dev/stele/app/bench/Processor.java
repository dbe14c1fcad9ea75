package dev.stele.app.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;

/** Processor time in microseconds, which a busy machine changes less than that of the clock. */
final class Processor {
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private Processor() {}

    /** Of the whole process: all threads, the compiler and the garbage collector. */
    static double ofProcess() {
        return PROCESS.getProcessCpuTime() / 1e3;
    }

    /** Of the processes that this one has started, and those that they have, while they run. */
    static double ofServers() {
        return ProcessHandle.current()
                .descendants()
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .mapToDouble(time -> time.toNanos() / 1e3)
                .sum();
    }

    /** Of the engine's writer: it decides, folds, encodes and appends. */
    static double ofWriter() {
        double micros = 0;
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith("stele-writer")) {
                micros += THREADS.getThreadCpuTime(thread.getThreadId()) / 1e3;
            }
        }
        return micros;
    }
}
