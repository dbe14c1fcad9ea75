package dev.stele.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.app.cli.Cli.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Whoever mistypes is told what would be right. */
class UsageErrorTest {

    @TempDir Path home;

    private Outcome run(String words) {
        return new InProcess(home).run(words.split(" ", -1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "treads          | There is no command 'treads'. Did you mean 'stele threads'?",
                "verify          | There is no command 'verify'. Did you mean 'stele log verify'?",
                "log verfy       | There is no command 'log verfy'. Did you mean 'stele log verify'?",
                "help lgo        | There is no command 'lgo'. Did you mean 'stele log'?",
                "man nothing-so  | There is no command 'nothing-so'.",
                "run --aprove=x x | There is no option '--aprove=x'. Did you mean '--approve'?",
                "run --approve maybe x | --approve is one of ask, all, none, and not 'maybe'.",
                "run             | PROMPT is missing (What the agent is to do).",
                "run --thread    | --thread needs ID (Goes on with this conversation; else a new one",
                "record x        | --to FILE is missing (A new file for the recording).",
                "log --limit few | --limit is a whole number, and not 'few'.",
                "threads a       | 'a' is one word too many for 'stele threads'.",
                "policy set      | Say a rule, such as allow:edit:src/**, or --read-only",
                "worktree        | Say what to do: name a command."
            })
    void what_is_wrong_is_told_with_what_would_be_right(String words, String told) {
        Outcome outcome = run(words);

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("stele: " + told).contains("Try 'stele");
    }

    @Test
    void help_says_what_the_option_says() {
        assertThat(run("help log verify").out()).isEqualTo(run("log verify --help").out());
        assertThat(run("help").out()).isEqualTo(run("--help").out());
    }

    @Test
    void who_says_nothing_is_shown_what_can_be_said() {
        Outcome outcome = new InProcess(home).run();

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("  threads ", "stele demo", "Say what to do");
    }

    @Test
    void only_near_words_are_meant() {
        assertThat(Mistyped.near("gemni", List.of("gemini", "claude").stream()))
                .containsExactly("gemini");
        assertThat(Mistyped.near("clade", List.of("gemini", "claude").stream()))
                .containsExactly("claude");
        assertThat(Mistyped.near("emacs", List.of("gemini", "claude").stream())).isEmpty();
    }

    @Test
    void every_command_is_told_in_a_sentence_where_they_are_listed() {
        assertSentences(new CommandLine(new SteleCommand()).getCommandSpec());
    }

    private static void assertSentences(CommandSpec above) {
        for (CommandLine below : above.subcommands().values()) {
            CommandSpec command = below.getCommandSpec();
            String[] lines = command.usageMessage().description();
            assertThat(lines).as(command.qualifiedName()).isNotEmpty();
            assertThat(lines[0]).as(command.qualifiedName()).matches("(?s).*(\\.|FILE)");
            assertSentences(command);
        }
    }
}
