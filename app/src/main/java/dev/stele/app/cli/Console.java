package dev.stele.app.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the command line prints and reads: results on standard output, everything said about them
 * on standard error. Thread-safe, since the end of the process may speak while a turn is printed.
 */
final class Console {

    private static final String ERASE = "\r\u001b[K";
    private static final String END_OF_LINE = System.lineSeparator();
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);
    private static final long STOOD_STILL = TimeUnit.SECONDS.toNanos(2);
    private static final int LEAST_ROOM = 8;

    private final PrintStream out;
    private final PrintStream err;
    private final TypedLines typed;
    private final Terminal terminal;
    private final boolean quiet;
    private final LongSupplier clock;
    private @Nullable PrintStream unfinished;
    private boolean resultsGiven = true;
    private boolean passing;
    private int trail;
    private int column;
    private boolean asking;
    private boolean prompted;
    private long printed;

    /**
     * A console.
     *
     * @param terminal what people see of it
     * @param quiet whether nothing is said about results but errors and questions
     */
    Console(PrintStream out, PrintStream err, InputStream in, Terminal terminal, boolean quiet) {
        this(out, err, in, terminal, quiet, System::nanoTime);
    }

    /**
     * A console.
     *
     * @param clock nanoseconds, as {@link System#nanoTime} tells them
     */
    Console(
            PrintStream out,
            PrintStream err,
            InputStream in,
            Terminal terminal,
            boolean quiet,
            LongSupplier clock) {
        this.out = out;
        this.err = err;
        this.typed = new TypedLines(in);
        this.terminal = terminal;
        this.quiet = quiet;
        this.clock = clock;
        this.printed = clock.getAsLong();
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

    /** Whether the screen can show every character. */
    boolean drawsAll() {
        return terminal.glyphs().areAll();
    }

    /** The text in a style; where there are no colours, it is printed plain. */
    String styled(Style style, String text) {
        return terminal.colours() || terminal.colouredNotes() ? style.apply(text) : text;
    }

    /** An agent's words to come. */
    Prose prose() {
        return new Prose(terminal.columns(), terminal.colours() || terminal.colouredNotes());
    }

    /** A line no longer than the terminal is wide. */
    String fitted(String line) {
        int width = terminal.width();
        return width == 0 ? line : Columns.cut(line, width);
    }

    /** A line of the result. */
    synchronized void line(String text) {
        closeLine();
        print(out, text + END_OF_LINE);
    }

    /** A result for a program, to the letter: what it holds may look like a style. */
    synchronized void exactly(String text) {
        closeLine();
        if (resultsGiven) {
            out.print(text);
            out.flush();
            requireOutput();
        }
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
        erasePassing();
        printed = clock.getAsLong();
        if (!text.isEmpty()) {
            unfinished = text.endsWith("\n") ? null : stream;
            column = Columns.after(text, column, terminal.width());
            print(stream, text);
        }
    }

    /** Ends a line that is still open, so that what follows begins a new one. */
    synchronized void startParagraph() {
        closeLine();
    }

    /** A value for programs, then the end of the line. On a screen it commands nothing. */
    synchronized void bytes(byte[] line) {
        closeLine();
        if (terminal.shown()) {
            print(out, SafeText.ofJson(new String(line, StandardCharsets.UTF_8)) + END_OF_LINE);
        } else if (resultsGiven) {
            out.write(line, 0, line.length);
            print(out, END_OF_LINE);
        }
    }

    /** Prints no more results: nobody gets them. What is said about them goes on. */
    synchronized void dropResults() {
        resultsGiven = false;
        unfinished = null;
    }

    private void print(PrintStream stream, String text) {
        boolean results = stream.equals(out);
        if (results && !resultsGiven) {
            return;
        }
        boolean styles = results ? terminal.colours() : terminal.colouredNotes();
        boolean screen = results ? terminal.shown() : terminal.passing();
        String plain = styles ? text : Columns.plain(text);
        stream.print(screen ? terminal.glyphs().shown(plain) : plain);
        stream.flush();
        if (results) {
            requireOutput();
        }
    }

    private void requireOutput() {
        if (out.checkError()) {
            throw new OutputGone(out instanceof Output known ? known.failure() : null);
        }
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
        print(err, text + END_OF_LINE);
    }

    /** A line that says what went wrong. */
    void error(String text) {
        say(styled(Style.RED, "stele: ") + SafeText.of(text));
    }

    /**
     * A line that goes as soon as anything else is printed, or the next one like it. Behind a
     * sentence that is still being said it stands where there is room for it.
     */
    synchronized void passing(String text) {
        if (!showsPassingLines() || asking) {
            return;
        }
        if (unfinished == null) {
            print(err, ERASE + fitted(text));
            passing = true;
        } else {
            trail(text);
        }
    }

    private void trail(String text) {
        eraseTrail();
        int room = terminal.width() - column - 3;
        if (room >= LEAST_ROOM) {
            String shown = Columns.cut(" " + text, room);
            print(err, shown);
            trail = Columns.of(Columns.plain(shown));
        }
    }

    /** How long nothing but passing lines has been printed, in nanoseconds. */
    synchronized long silence() {
        return asking ? 0 : clock.getAsLong() - printed;
    }

    /** What came of a question. */
    sealed interface Reply {
        /** Somebody answered. */
        record Typed(String line) implements Reply {}

        /** Nobody answers any more: the input has ended. */
        record Nobody() implements Reply {}

        /** The question is off. */
        record Off() implements Reply {}
    }

    /**
     * A question to a person. It is put again when something else was printed meanwhile, or the
     * process stood still, as after Ctrl-Z: then the shell has spoken.
     *
     * @param open whether it is still to be answered
     */
    Reply ask(String question, BooleanSupplier open) throws InterruptedException {
        try {
            typed.forgetLateOne();
            long looked = clock.getAsLong();
            while (open.getAsBoolean()) {
                if (clock.getAsLong() - looked > STOOD_STILL) {
                    startParagraph();
                }
                looked = clock.getAsLong();
                prompt(question);
                Reply reply = typed.await(BETWEEN_LOOKS);
                if (reply != null) {
                    prompted = reply instanceof Reply.Nobody;
                    return reply;
                }
            }
            return new Reply.Off();
        } finally {
            answered();
        }
    }

    /** Whether somebody answered a question that was off by then; the next one forgets it. */
    boolean hasLateAnswer() {
        return typed.hasLateOne();
    }

    /** Whether a person says yes; anything else, and nobody, says no. */
    boolean confirms(String question) throws InterruptedException {
        return ask(question + " [y/N] ", () -> true) instanceof Reply.Typed(var line)
                && List.of("y", "yes").contains(line.strip().toLowerCase(Locale.ROOT));
    }

    private synchronized void answered() {
        asking = false;
        printed = clock.getAsLong();
    }

    private synchronized void prompt(String question) {
        boolean first = !asking;
        asking = true;
        boolean inASentence = unfinished != null && clock.getAsLong() - printed < PAUSE;
        if (first || (!prompted && !inASentence)) {
            closeLine();
            print(err, question);
            prompted = true;
        }
    }

    private void closeLine() {
        erasePassing();
        printed = clock.getAsLong();
        if (prompted) {
            prompted = false;
            print(err, END_OF_LINE);
        }
        PrintStream stream = unfinished;
        unfinished = null;
        column = 0;
        if (stream != null) {
            // Whether it can be written is for the next result to tell, and not for a note.
            stream.print(END_OF_LINE);
            stream.flush();
        }
    }

    private void erasePassing() {
        eraseTrail();
        if (passing) {
            passing = false;
            print(err, ERASE);
        }
    }

    private void eraseTrail() {
        if (trail > 0) {
            print(err, "\u001b[" + trail + "D\u001b[K");
            trail = 0;
        }
    }
}
