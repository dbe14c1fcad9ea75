package dev.stele.provider.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

    static Stream<Arguments> lines() {
        return Stream.of(
                Arguments.of("gemini --acp", List.of("gemini", "--acp")),
                Arguments.of("  a\t b\n", List.of("a", "b")),
                Arguments.of("a 'b  c' d", List.of("a", "b  c", "d")),
                Arguments.of("a 'b\\c\"d'", List.of("a", "b\\c\"d")),
                Arguments.of("a \"b 'c' \\\"d\\\" \\\\ \\n\"", List.of("a", "b 'c' \"d\" \\ \\n")),
                Arguments.of("/opt/my\\ agent/run x", List.of("/opt/my agent/run", "x")),
                Arguments.of("a '' \"\"", List.of("a", "", "")),
                Arguments.of("a b'c'\"d\"e", List.of("a", "bcde")),
                Arguments.of("a $HOME *.txt ~ `b`", List.of("a", "$HOME", "*.txt", "~", "`b`")));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void words_are_parted_as_a_shell_does_and_nothing_is_expanded(String line, List<String> words)
            throws ProviderFailure {
        assertThat(CommandLine.split(line)).isEqualTo(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "''", "'' x"})
    void a_line_without_a_program_is_refused(String line) {
        assertThatThrownBy(() -> CommandLine.split(line)).hasMessageContaining("names no program");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a 'b", "a \"b", "a \"b\\"})
    void an_open_quote_is_refused(String line) {
        assertThatThrownBy(() -> CommandLine.split(line))
                .hasMessageContaining("leaves a quote open");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b\\", "\\"})
    void a_backslash_at_the_end_is_refused(String line) {
        assertThatThrownBy(() -> CommandLine.split(line))
                .hasMessageContaining("ends with a backslash");
    }
}
