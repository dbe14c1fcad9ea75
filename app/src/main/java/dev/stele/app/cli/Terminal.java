package dev.stele.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What people see of this process's output.
 *
 * @param shown whether results go to a screen
 * @param colours whether they may have styles: only where nobody declined by {@code NO_COLOR}
 * @param colouredNotes whether what is said about them may have styles
 * @param passing whether what is said about them goes to a screen on which lines can be erased
 * @param glyphs the characters that the screen can show
 * @param columns how wide the screen is now; 0 when there is none, or nobody knows
 */
record Terminal(
        boolean shown,
        boolean colours,
        boolean colouredNotes,
        boolean passing,
        Glyphs glyphs,
        IntSupplier columns) {

    /** No screen: a file, or another program. */
    static final Terminal NONE = new Terminal(false, false, false, false, Glyphs.ALL, () -> 0);

    /** The descriptor of standard output. */
    static final int RESULTS = 1;

    /** The descriptor of standard error. */
    static final int NOTES = 2;

    /** The terminal of this process. */
    static Terminal ofProcess() {
        boolean shown = isTerminal(RESULTS);
        boolean notes = isTerminal(NOTES);
        boolean styles = !"dumb".equals(System.getenv("TERM")) && !isSet("NO_COLOR");
        return new Terminal(
                shown,
                shown && styles,
                notes && styles,
                shown && notes && !"dumb".equals(System.getenv("TERM")),
                Glyphs.ofLocale(locale()),
                shown ? ScreenWidth.ofProcess() : () -> 0);
    }

    /** The screen's columns; 0 when there is none, or nobody knows. */
    int width() {
        return columns.getAsInt();
    }

    /** A descriptor's characters: those of the screen that it is, else all. */
    static Glyphs glyphs(int descriptor) {
        return isTerminal(descriptor) ? Glyphs.ofLocale(locale()) : Glyphs.ALL;
    }

    /** As the user has set it: the launcher gives Java another, which knows all file names. */
    private static @Nullable String locale() {
        String told = System.getProperty("stele.locale");
        if (told != null) {
            return told;
        }
        for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
            if (isSet(name)) {
                return System.getenv(name);
            }
        }
        return null;
    }

    private static boolean isSet(String variable) {
        String value = System.getenv(variable);
        return value != null && !value.isEmpty();
    }

    /** Java takes a process without a terminal as input for one without any. */
    @SuppressWarnings("SystemConsoleNull") // the annotations of the JDK do not know it yet
    private static boolean isTerminal(int descriptor) {
        try {
            String file = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
            return file.startsWith("/dev/pts/")
                    || file.startsWith("/dev/tty")
                    || file.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            var device = System.console();
            return device != null && device.isTerminal();
        }
    }
}
