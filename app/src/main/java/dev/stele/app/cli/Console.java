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
import org.jspecify.annotations.Nullable;

/**
 * Where the command line prints and reads: results on standard output, everything said about them
 * on standard error. Thread-safe, since the end of the process may speak while a turn is printed.
 */
final class Console {

    private static final String ERASE = "\r\u001b[K";

    private final PrintStream out;
    private final PrintStream err;
    private final BufferedReader in;
    private final Terminal terminal;
    private final boolean quiet;
    private @Nullable PrintStream unfinished;
    private boolean passing;
    private boolean asking;
    private long printed = System.nanoTime();

    /**
     * A console.
     *
     * @param terminal what people see of it
     * @param quiet whether nothing is said about results but errors and questions
     */
    Console(PrintStream out, PrintStream err, InputStream in, Terminal terminal, boolean quiet) {
        this.out = out;
        this.err = err;
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.terminal = terminal;
        this.quiet = quiet;
    }

    /** The console of this process. */
    static Console ofProcess(boolean quiet) {
        return new Console(System.out, System.err, System.in, Terminal.ofProcess(), quiet);
    }

    /** Whether results go to a person's screen and not to a file or a program. */
    boolean isForAPerson() {
        return terminal.shown();
    }

    /** Whether a line can be shown that the next one replaces. */
    boolean showsPassingLines() {
        return terminal.passing() && !quiet;
    }

    /** The text in a style, or plain where there are no colours. */
    String styled(Style style, String text) {
        return terminal.colours() ? style.apply(text) : text;
    }

    /** An agent's words to come. */
    Prose prose() {
        return new Prose(terminal.width(), terminal.colours());
    }

    /** A line no longer than the terminal is wide. */
    String fitted(String line) {
        return terminal.width() == 0 ? line : Columns.cut(line, terminal.width());
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
        if (!quiet) {
            piece(err, text);
        }
    }

    private synchronized void piece(PrintStream stream, String text) {
        if (!stream.equals(unfinished)) {
            closeLine();
        }
        printed = System.nanoTime();
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
    void note(String text) {
        if (!quiet) {
            say(text);
        }
    }

    /** A line that is said whatever is wanted to hear: it belongs to a question or an error. */
    synchronized void say(String text) {
        closeLine();
        err.println(text);
        err.flush();
    }

    /** A line that says what went wrong. */
    void error(String text) {
        say(styled(Style.RED, "stele: ") + text);
    }

    /** A line that goes as soon as anything else is printed, or the next one like it. */
    synchronized void passing(String text) {
        if (showsPassingLines() && unfinished == null && !asking) {
            err.print(ERASE + fitted(text));
            err.flush();
            passing = true;
        }
    }

    /** How long nothing but passing lines has been printed, in nanoseconds. */
    synchronized long silence() {
        return asking ? 0 : System.nanoTime() - printed;
    }

    /** A question to a person; null when nobody answers any more. */
    @Nullable String ask(String question) {
        prompt(question);
        try {
            return in.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException("Standard input cannot be read", e);
        } finally {
            answered();
        }
    }

    private synchronized void answered() {
        asking = false;
        printed = System.nanoTime();
    }

    private synchronized void prompt(String question) {
        closeLine();
        err.print(question);
        err.flush();
        asking = true;
    }

    private void closeLine() {
        if (passing) {
            passing = false;
            err.print(ERASE);
            err.flush();
        }
        printed = System.nanoTime();
        PrintStream stream = unfinished;
        unfinished = null;
        if (stream != null) {
            stream.println();
            stream.flush();
        }
    }
}
