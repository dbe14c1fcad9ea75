package dev.stele.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What people see of this process's output.
 *
 * @param shown whether results go to a screen
 * @param colours whether they may have styles: only where nobody declined by {@code NO_COLOR}
 * @param passing whether what is said about them goes to a screen on which lines can be erased
 * @param width the screen's columns; 0 when there is none, or nobody knows
 */
record Terminal(boolean shown, boolean colours, boolean passing, int width) {

    /** No screen: a file, or another program. */
    static final Terminal NONE = new Terminal(false, false, false, 0);

    private static final int RESULTS = 1;
    private static final int NOTES = 2;

    /** The terminal of this process. */
    @SuppressWarnings("SystemConsoleNull") // the annotations of the JDK do not know it yet
    static Terminal ofProcess() {
        var device = System.console();
        boolean interactive = device != null && device.isTerminal();
        boolean simple = "dumb".equals(System.getenv("TERM"));
        boolean shown = interactive || isTerminal(RESULTS);
        return new Terminal(
                shown,
                shown && !simple && System.getenv("NO_COLOR") == null,
                shown && !simple && isTerminal(NOTES),
                shown ? columns() : 0);
    }

    /** Java takes a process without a terminal as input for one without any. */
    private static boolean isTerminal(int descriptor) {
        try {
            String file = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
            return file.startsWith("/dev/pts/") || file.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** As the terminal's driver knows them. Where it does not, lines are left as they are. */
    private static int columns() {
        String set = System.getenv("COLUMNS");
        if (set != null && set.matches("[1-9][0-9]{0,3}")) {
            return Integer.parseInt(set);
        }
        String size = Programs.terminalSize();
        return size.matches("[0-9]+ [0-9]{1,4}") ? Integer.parseInt(size.split(" ", -1)[1]) : 0;
    }
}
