package dev.stele.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ProseTest {

    private static final String TEXT =
            """
            # What I did

            I changed **two files** so that `Parser.parse` no longer forgets the last line of
            `src/**/input.txt`, which 2 ** 3 people saw. 日本語の文章も 折り返す。

            ```java
            int aLineOfCodeThatIsLongerThanTheTerminalIsWide = 1; // and stays as it is
            ```
            Done.
            """;

    @Test
    void without_a_terminal_the_words_are_printed_as_they_came() {
        var prose = new Prose(() -> 0, false);

        assertThat(prose.whole(TEXT)).isEqualTo(TEXT);
    }

    @Test
    void a_line_is_broken_between_words_where_the_terminal_ends() {
        var prose = new Prose(() -> 20, false);

        assertThat(prose.whole("one two three four five six seven"))
                .isEqualTo("one two three four\nfive six seven");
    }

    @Test
    void what_goes_on_an_item_of_a_list_stands_below_its_words() {
        var prose = new Prose(() -> 20, false);

        assertThat(
                        prose.whole(
                                """
                                - one two three four five
                                  - **six seven** eight nine ten
                                10. one two three four
                                  one two three four five
                                one - two three four five
                                -one two three four five
                                """))
                .isEqualTo(
                        """
                        - one two three four
                          five
                          - **six seven**
                            eight nine ten
                        10. one two three
                            four
                          one two three four
                          five
                        one - two three four
                        five
                        -one two three four
                        five
                        """);
    }

    @Test
    void an_indent_that_leaves_no_room_for_words_is_left_away() {
        var prose = new Prose(() -> 12, false);

        assertThat(prose.whole("      - one two three")).isEqualTo("      - one\ntwo three");
    }

    @Test
    void wide_characters_take_two_columns() {
        var prose = new Prose(() -> 10, false);

        assertThat(prose.whole("ab 日本語 cd")).isEqualTo("ab 日本語\ncd");
    }

    @Test
    void a_word_that_is_longer_than_a_line_is_left_to_the_terminal() {
        var prose = new Prose(() -> 10, false);

        assertThat(prose.whole("abcdefghijklmnop")).isEqualTo("abcdefghijklmnop");
    }

    @Test
    void code_keeps_its_lines() {
        var prose = new Prose(() -> 30, false);

        assertThat(prose.whole(TEXT))
                .contains(
                        "int aLineOfCodeThatIsLongerThanTheTerminalIsWide = 1; // and stays as it"
                                + " is\n");
    }

    @Test
    void headings_code_and_strong_words_have_a_style_and_paths_with_asterisks_have_none() {
        var prose = new Prose(() -> 0, true);

        String shown = prose.whole("# Head\na **b c** d `e f` g/**/h\n");

        assertThat(shown)
                .isEqualTo(
                        "%s# Head%s\na %s**b c**%s d %s`e f`%s g/**/h\n"
                                .formatted(
                                        Style.BOLD.start(),
                                        Style.END,
                                        Style.BOLD.start(),
                                        Style.END,
                                        Style.CYAN.start(),
                                        Style.END));
    }

    @Test
    void a_mark_that_is_never_closed_ends_with_its_line() {
        var prose = new Prose(() -> 0, true);

        assertThat(prose.whole("a `b\nc"))
                .isEqualTo("a " + Style.CYAN.start() + "`b" + Style.END + "\nc");
    }

    @Test
    void whatever_the_pieces_not_a_word_is_lost_and_no_style_stays() {
        long seed = Long.getLong("stele.seed", 20_261_122);
        var random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            int width = random.nextInt(3) * 25;
            var prose = new Prose(() -> width, random.nextBoolean());
            var shown = new StringBuilder();
            for (int at = 0; at < TEXT.length(); ) {
                int end = Math.min(TEXT.length(), at + 1 + random.nextInt(12));
                shown.append(prose.piece(TEXT.substring(at, end)));
                at = end;
            }
            shown.append(prose.end());
            String plain = shown.toString().replaceAll("\u001b\\[[0-9]*m", "");
            assertThat(words(plain)).as("seed %d, round %d", seed, round).isEqualTo(words(TEXT));
            int styled = shown.lastIndexOf("\u001b[");
            assertThat(styled < 0 || shown.indexOf(Style.END, styled) == styled)
                    .as("seed %d, round %d: a style stays", seed, round)
                    .isTrue();
        }
    }

    private static String words(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
