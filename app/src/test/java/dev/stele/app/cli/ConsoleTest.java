package dev.stele.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConsoleTest {

    private static final Terminal SCREEN = new Terminal(true, false, true, 20);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void who_wants_it_quiet_hears_results_errors_and_questions_alone() {
        Console console = console(SCREEN, true, "y\n");

        console.note("a note");
        console.noteInPieces("thinking");
        console.passing("working");
        console.line("the result");
        console.say("what it is about");
        console.ask("May it? ");
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
    void a_passing_line_never_comes_into_a_sentence_that_is_being_said() {
        Console console = console(SCREEN, false, "");

        console.piece("half a sen");
        console.passing("working");
        console.piece("tence");

        assertThat(text(out)).isEqualTo("half a sentence");
        assertThat(text(err)).isEmpty();
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

    private Console console(Terminal terminal, boolean quiet, String typed) {
        return new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
                terminal,
                quiet);
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
