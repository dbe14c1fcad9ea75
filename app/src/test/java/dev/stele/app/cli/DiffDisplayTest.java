package dev.stele.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.domain.port.TreeDiff;
import dev.stele.domain.port.TreeDiff.FileDiff;
import dev.stele.domain.port.TreeDiff.Kind;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What people see of changes, and what programs get. */
class DiffDisplayTest {

    private static final String PATCH =
            """
            diff --git a/evil b/evil
            --- a/evil
            +++ b/evil
            @@ -1,2 +1,2 @@
             same
            -old
            +\u001b]0;title\u0007new\r
            """;
    private static final TreeDiff DIFF =
            new TreeDiff(
                    List.of(
                            new FileDiff(
                                    Kind.MODIFIED,
                                    "evil\u001b[2J",
                                    null,
                                    "100644",
                                    "100644",
                                    false,
                                    1,
                                    1,
                                    PATCH),
                            new FileDiff(
                                    Kind.RENAMED,
                                    "b.png",
                                    "a.png",
                                    "100644",
                                    "100644",
                                    true,
                                    0,
                                    0,
                                    ""),
                            new FileDiff(
                                    Kind.ADDED,
                                    "long",
                                    null,
                                    null,
                                    "100644",
                                    false,
                                    4_000,
                                    0,
                                    "")));

    private static String shown(boolean person, boolean colour, Consumer<DiffDisplay> display) {
        var out = new ByteArrayOutputStream();
        var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        display.accept(
                new DiffDisplay(
                        new Console(
                                stream,
                                stream,
                                InputStream.nullInputStream(),
                                new Terminal(person, colour, colour, false, Glyphs.ALL, () -> 0),
                                false)));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void a_file_gets_the_text_to_the_letter() {
        assertThat(shown(false, false, display -> display.patch(DIFF))).isEqualTo(PATCH);
    }

    @Test
    void a_terminal_is_not_commanded_by_what_stands_in_files() {
        assertThat(shown(true, false, display -> display.patch(DIFF)))
                .contains("+\ufffd]0;title\ufffdnew\n")
                .doesNotContain("\u001b", "\u0007", "\r");
        assertThat(shown(true, false, display -> display.names(DIFF))).doesNotContain("\u001b");
        assertThat(shown(true, false, display -> display.stat(DIFF))).doesNotContain("\u001b");
    }

    @Test
    void lines_that_came_are_green_and_lines_that_went_are_red() {
        assertThat(shown(true, true, display -> display.patch(DIFF)))
                .contains(
                        Style.BOLD.apply("--- a/evil"),
                        Style.CYAN.apply("@@ -1,2 +1,2 @@"),
                        Style.RED.apply("-old"),
                        "\n same\n");
    }

    @Test
    void the_bars_have_room_and_show_all_that_is_there() {
        assertThat(shown(false, false, display -> display.stat(DIFF)).lines())
                .containsExactly(
                        "M evil\ufffd[2J      | 2 +-",
                        "R a.png → b.png | binary",
                        "A long          | 4000 " + "+".repeat(40),
                        "3 files changed, 4001 lines added, 1 removed");
    }
}
