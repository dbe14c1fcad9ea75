package dev.stele.app.cli;

import java.io.BufferedReader;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the command line prints and reads: results on standard output, everything said about them
 * on standard error. Thread-safe, since the end of the process may speak while a turn is printed.
 */
final class Console {

    private final PrintStream out;
    private final PrintStream err;
    private final BufferedReader in;
    private final boolean colour;
    private final boolean terminal;
    private @Nullable PrintStream unfinished;

    Console(PrintStream out, PrintStream err, InputStream in, boolean terminal, boolean colour) {
        this.out = out;
        this.err = err;
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.terminal = terminal;
        this.colour = colour;
    }

    /** The console of this process. Colours only for people at a terminal who did not decline. */
    @SuppressWarnings("SystemConsoleNull") // the annotations of the JDK do not know it yet
    static Console ofProcess() {
        var device = System.console();
        boolean interactive = device != null && device.isTerminal();
        boolean declined =
                System.getenv("NO_COLOR") != null || "dumb".equals(System.getenv("TERM"));
        return new Console(
                System.out,
                System.err,
                System.in,
                interactive || isTerminal(),
                interactive && !declined);
    }

    /** Java takes a process without a terminal as input for one without any. */
    private static boolean isTerminal() {
        try {
            String output = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
            return output.startsWith("/dev/pts/") || output.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** Whether results go to a person's screen and not to a file or a program. */
    boolean isForAPerson() {
        return terminal;
    }

    /** The text in a style, or plain where there are no colours. */
    String styled(Style style, String text) {
        return colour ? style.apply(text) : text;
    }

    /** A line of the result. */
    synchronized void line(String text) {
        closeLine();
        out.println(text);
        out.flush();
    }

    /** A piece of a result that is still being said. */
    void piece(String text) {
        piece(out, text);
    }

    /** A piece of something about the result that is still being said. */
    void noteInPieces(String text) {
        piece(err, text);
    }

    private synchronized void piece(PrintStream stream, String text) {
        if (!stream.equals(unfinished)) {
            closeLine();
        }
        if (!text.isEmpty()) {
            stream.print(text);
            stream.flush();
            unfinished = text.endsWith("\n") ? null : stream;
        }
    }

    /** Ends a line that is still open, so that what follows begins a new one. */
    synchronized void startParagraph() {
        closeLine();
    }

    /** Bytes of the result as they are, then the end of the line. */
    synchronized void bytes(byte[] line) {
        out.write(line, 0, line.length);
        out.println();
        out.flush();
    }

    /** Takes a long result as it is. Unlike the others it tells when nobody gets it. */
    OutputStream results() {
        return new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int start, int length) throws IOException {
                out.write(bytes, start, length);
                if (Console.this.out.checkError()) {
                    throw new IOException("it is closed, or its disk is full");
                }
            }
        };
    }

    /** A line about the result. */
    synchronized void note(String text) {
        closeLine();
        err.println(text);
        err.flush();
    }

    /** A line that says what went wrong. */
    void error(String text) {
        note(styled(Style.RED, "stele: ") + text);
    }

    /** A question to a person; null when nobody answers any more. */
    @Nullable String ask(String question) {
        prompt(question);
        try {
            return in.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException("Standard input cannot be read", e);
        }
    }

    private synchronized void prompt(String question) {
        closeLine();
        err.print(question);
        err.flush();
    }

    private void closeLine() {
        PrintStream stream = unfinished;
        unfinished = null;
        if (stream != null) {
            stream.println();
            stream.flush();
        }
    }
}
