package dev.stele.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ConsoleTest {

    private static final Terminal SCREEN = screen(20);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final AtomicLong clock = new AtomicLong();

    @Test
    void who_wants_it_quiet_hears_results_errors_and_questions_alone() throws Exception {
        Console console = console(SCREEN, true, "y\n");

        console.note("a note");
        console.noteInPieces("thinking");
        console.passing("working");
        console.line("the result");
        console.say("what it is about");
        console.ask("May it? ", () -> true);
        console.error("it failed");

        assertThat(text(out)).isEqualTo("the result\n");
        assertThat(text(err)).isEqualTo("what it is about\nMay it? stele: it failed\n");
    }

    @Test
    void a_passing_line_goes_when_anything_else_is_printed() {
        Console console = console(SCREEN, false, "");

        console.passing("working");
        console.note("done");

        assertThat(text(err)).isEqualTo("\r\u001b[Kworking\r\u001b[Kdone\n");
    }

    @Test
    void a_passing_line_is_never_longer_than_the_screen_is_wide() {
        Console console = console(SCREEN, false, "");

        console.passing("a line that is longer than the screen");

        assertThat(text(err)).isEqualTo("\r\u001b[Ka line that is long…");
    }

    @Test
    void a_passing_line_stands_behind_a_sentence_that_is_being_said_and_goes_with_its_next_word() {
        Console console = console(screen(80), false, "");

        console.piece("half a sen");
        console.passing("working");
        console.piece("tence");

        assertThat(text(out)).isEqualTo("half a sentence");
        assertThat(text(err)).isEqualTo(" working\u001b[8D\u001b[K");
    }

    @Test
    void a_passing_line_never_comes_where_a_sentence_leaves_no_room_for_it() {
        Console console = console(SCREEN, false, "");

        console.piece("half a sen");
        console.passing("working");
        console.piece("tence");

        assertThat(text(out)).isEqualTo("half a sentence");
        assertThat(text(err)).isEmpty();
    }

    @Test
    void a_file_gets_what_a_screen_gets_without_its_styles() {
        var resultsOnScreen = new Terminal(true, true, false, false, Glyphs.ALL, () -> 80);
        Console console = console(resultsOnScreen, false, "");

        console.line(console.styled(Style.RED, "result"));
        console.note(console.styled(Style.RED, "note"));

        assertThat(text(out)).isEqualTo(Style.RED.apply("result") + "\n");
        assertThat(text(err)).isEqualTo("note\n");
    }

    @Test
    void a_screen_without_some_characters_gets_others() {
        var ascii = Glyphs.ofLocale("C");
        Console console =
                console(new Terminal(true, false, false, true, ascii, () -> 80), false, "");

        console.line("● edit  über → …");
        console.note("  ⎿ done \u009b2J");

        assertThat(text(out)).isEqualTo("* edit  ?ber -> ...\n");
        assertThat(text(err)).isEqualTo("  `- done ?2J\n");
        assertThat(Glyphs.ofLocale("de_DE.ISO-8859-1").shown("ü→")).isEqualTo("ü->");
        assertThat(Glyphs.ofLocale("de_DE.no-such@euro").shown("ü")).isEqualTo("?");
        assertThat(Glyphs.ofLocale("de_DE.UTF-8").shown("ü→")).isEqualTo("ü→");
        assertThat(Glyphs.ofLocale(null).shown("ü→")).isEqualTo("ü→");
    }

    @Test
    void a_value_for_programs_commands_nothing_on_a_screen_and_stays_the_same_value() {
        byte[] hostile = "{\"a\":\"\u009b2J\u202e\u007f\"}".getBytes(StandardCharsets.UTF_8);

        console(SCREEN, false, "").bytes(hostile);
        assertThat(text(out)).isEqualTo("{\"a\":\"\\u009b2J\\u202e\\u007f\"}\n");

        out.reset();
        console(Terminal.NONE, false, "").bytes(hostile);
        assertThat(text(out)).isEqualTo("{\"a\":\"\u009b2J\u202e\u007f\"}\n");
    }

    @Test
    void a_question_that_is_off_is_dropped_though_nobody_answers() throws Exception {
        var never = new PipedInputStream(new PipedOutputStream());
        Console console = console(SCREEN, false, never);
        var looks = new AtomicInteger();

        var reply = console.ask("May it? ", () -> looks.incrementAndGet() < 3);
        console.note("answered elsewhere");

        assertThat(reply).isEqualTo(new Console.Reply.Off());
        assertThat(text(err)).isEqualTo("May it? \nanswered elsewhere\n");
    }

    @Test
    void a_question_is_put_again_behind_what_was_said_meanwhile() throws Exception {
        var never = new PipedInputStream(new PipedOutputStream());
        Console console = console(SCREEN, false, never);
        var looks = new AtomicInteger();

        console.ask(
                "May it? ",
                () -> {
                    if (looks.incrementAndGet() == 2) {
                        console.note("news");
                    }
                    return looks.get() < 4;
                });

        assertThat(text(err)).isEqualTo("May it? \nnews\nMay it? ");
    }

    @Test
    void a_question_is_put_again_after_the_process_stood_still() throws Exception {
        var nobodyTypes = new PipedInputStream(new PipedOutputStream());
        Console console = console(SCREEN, false, nobodyTypes);
        var looks = new AtomicInteger();

        console.ask(
                "May it? ",
                () -> {
                    int look = looks.incrementAndGet();
                    if (look == 2) {
                        clock.addAndGet(TimeUnit.SECONDS.toNanos(3));
                    }
                    return look < 4;
                });
        console.note("done");

        assertThat(text(err)).isEqualTo("May it? \nMay it? \ndone\n");
    }

    @Test
    void an_answer_to_a_question_that_was_off_answers_no_other() throws Exception {
        var typing = new PipedOutputStream();
        Console console = console(SCREEN, false, new PipedInputStream(typing));
        var looks = new AtomicInteger();

        console.ask("First? ", () -> looks.incrementAndGet() < 3);
        typing.write("y\nn\n".getBytes(StandardCharsets.UTF_8));
        typing.flush();
        while (!console.hasLateAnswer()) {
            Thread.onSpinWait();
        }

        assertThat(console.ask("Second? ", () -> true)).isEqualTo(new Console.Reply.Typed("n"));
    }

    @Test
    void results_that_cannot_be_written_are_told_with_the_reason() {
        var output = Output.to(new FullDisk(), StandardCharsets.UTF_8);
        Console console =
                new Console(output, text(), InputStream.nullInputStream(), Terminal.NONE, false);

        assertThatExceptionOfType(OutputGone.class)
                .isThrownBy(() -> console.line("a result"))
                .withMessage("The output cannot be written: No space left on device.")
                .matches(gone -> !gone.isUnread());
        console.dropResults();
        console.line("another");
    }

    @Test
    void a_file_gets_no_passing_lines() {
        Console console = console(Terminal.NONE, false, "");

        console.passing("working");

        assertThat(text(err)).isEmpty();
    }

    @Test
    void a_line_is_cut_behind_its_styles_and_the_style_ends_with_it() {
        String styled = Style.DIM.apply("twelve chars and more");

        assertThat(Columns.cut(styled, 8)).isEqualTo(Style.DIM.start() + "twelve …" + Style.END);
        assertThat(Columns.cut("日本語日本語", 7)).isEqualTo("日本語…");
        assertThat(Columns.cut("short", 8)).isEqualTo("short");
    }

    private static Terminal screen(int width) {
        return new Terminal(true, false, false, true, Glyphs.ALL, () -> width);
    }

    private Console console(Terminal terminal, boolean quiet, String typed) {
        return console(
                terminal, quiet, new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)));
    }

    private Console console(Terminal terminal, boolean quiet, InputStream in) {
        return new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                text(),
                in,
                terminal,
                quiet,
                clock::get);
    }

    private PrintStream text() {
        return new PrintStream(err, true, StandardCharsets.UTF_8);
    }

    /** A disk without room. */
    private static final class FullDisk extends OutputStream {
        @Override
        public void write(int single) throws IOException {
            throw new IOException("No space left on device");
        }
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
