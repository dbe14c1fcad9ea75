package dev.stele.app.cli;

import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * How wide the screen is, as the terminal's driver knows it, or as {@code COLUMNS} says. It is
 * asked again now and then, since people change the size of their windows. Thread-safe.
 */
final class ScreenWidth implements IntSupplier {

    private static final long FRESH = TimeUnit.SECONDS.toNanos(1);

    private int columns;
    private long asked;

    private ScreenWidth(int columns) {
        this.columns = columns;
        this.asked = System.nanoTime();
    }

    static IntSupplier ofProcess() {
        String set = System.getenv("COLUMNS");
        if (set != null && set.matches("[1-9][0-9]{0,3}")) {
            int fixed = Integer.parseInt(set);
            return () -> fixed;
        }
        return new ScreenWidth(ask());
    }

    @Override
    public synchronized int getAsInt() {
        if (columns > 0 && System.nanoTime() - asked > FRESH) {
            columns = ask();
            asked = System.nanoTime();
        }
        return columns;
    }

    /** Where the driver does not know it, lines are left as they are. */
    private static int ask() {
        String size = Programs.terminalSize();
        return size.matches("[0-9]+ [0-9]{1,4}") ? Integer.parseInt(size.split(" ", -1)[1]) : 0;
    }
}
