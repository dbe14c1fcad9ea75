package dev.stele.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Completion and manual pages: made of what the commands say of themselves. */
class ShellHelpTest {

    private final CommandLine stele = new CommandLine(new SteleCommand());

    @TempDir Path folder;

    @Test
    void bash_completes_commands_and_options() throws Exception {
        Path script = folder.resolve("completion");
        Files.writeString(script, AutoComplete.bash("stele", stele));

        assertThat(completed(script, "stele", "wor")).isEqualTo("worktree");
        assertThat(completed(script, "stele", "worktree", "hand")).isEqualTo("hand-over");
        assertThat(completed(script, "stele", "run", "--app")).isEqualTo("--approve");
        assertThat(completed(script, "stele", "run", "--approve", "a")).isEqualTo("ask all");
        assertThat(completed(script, "stele", "run", "--agent", "gem")).isEqualTo("gemini");
        assertThat(completed(script, "stele", "completion", "z")).isEqualTo("zsh");
    }

    @Test
    void fish_is_told_every_command_and_option() {
        String script = FishCompletion.of(stele.getCommandSpec());

        assertThat(script.lines())
                .allMatch(line -> line.startsWith("complete -c stele "))
                .anyMatch(line -> line.contains(" -f -a restore -d 'Brings back"))
                .anyMatch(line -> line.contains("from worktree; and") && line.contains("-a merge"))
                .contains("complete -c stele -f")
                .anyMatch(line -> line.contains("from run' -l approve -r -f -a 'ask all none' -d"))
                .anyMatch(line -> line.contains("from run' -l attach -r -F -d"))
                .anyMatch(line -> line.contains("from completion' -f -a 'bash zsh fish' -d"))
                .anyMatch(line -> line.startsWith("complete -c stele -l json -d"));
    }

    @Test
    @Tag("shells")
    void fish_itself_takes_the_script() throws Exception {
        Path script = folder.resolve("completion.fish");
        Files.writeString(script, FishCompletion.of(stele.getCommandSpec()));

        assertThat(fish(script, "stele worktree h")).startsWith("hand-over\tLeaves the work");
        assertThat(fish(script, "stele run --approve ")).startsWith("all\tWho answers");
        assertThat(fish(script, "stele completion f")).startsWith("fish\t");
        assertThat(fish(script, "stele log verify --ex")).startsWith("--expect\t");
        assertThat(fish(script, "stele show ")).isEmpty();
    }

    @Test
    @Tag("shells")
    void zsh_itself_takes_the_script() throws Exception {
        Path script = folder.resolve("completion.zsh");
        Files.writeString(script, AutoComplete.bash("stele", stele));
        String program =
                """
                autoload -U compinit && compinit -u -D && source %s
                complete_stele() {
                    emulate -L sh
                    setopt kshglob noshglob braceexpand
                    COMP_WORDS=(stele "$@") COMP_CWORD=$# COMPREPLY=()
                    _complete_stele
                    echo "${COMPREPLY[@]}"
                }
                complete_stele worktree ''; complete_stele run --approve ''; complete_stele completion ''
                """
                        .formatted(script);

        assertThat(said("zsh", "-f", "-c", program).lines())
                .containsExactly(
                        "list add merge hand-over remove", "ask all none", "bash zsh fish");
    }

    @Test
    void every_command_has_a_page_of_known_instructions_alone() {
        pages(stele.getCommandSpec())
                .forEach(command ->
                        assertThat(ManualPage.of(command).lines())
                                .as(command.qualifiedName())
                                .startsWith(
                                        ".TH \"%s\" 1 \"\" \"Stele\" \"\""
                                                .formatted(
                                                        command.qualifiedName("-")
                                                                .toUpperCase(Locale.ROOT)))
                                .contains(".SH NAME", ".SH SYNOPSIS", ".SH DESCRIPTION")
                                .filteredOn(line -> line.startsWith(".") || line.startsWith("'"))
                                .allMatch(line -> line.matches("\\.(TH|SH|TP|B|BR|nf|fi)( .*)?")));
    }

    @Test
    void the_page_of_a_command_tells_its_exit_codes() {
        CommandSpec verify =
                pages(stele.getCommandSpec())
                        .filter(command -> command.qualifiedName().equals("stele log verify"))
                        .findFirst()
                        .orElseThrow();

        assertThat(ManualPage.of(verify)).contains(".SH EXIT STATUS\n.TP\n.B 0\nthe log is sound");
    }

    private static Stream<CommandSpec> pages(CommandSpec command) {
        return Stream.concat(
                Stream.of(command),
                command.subcommands().values().stream()
                        .flatMap(below -> pages(below.getCommandSpec())));
    }

    /** What bash puts in place of the last word. */
    private static String completed(Path script, String... words) throws Exception {
        String program =
                "source %s; COMP_WORDS=(%s); COMP_CWORD=%d; _complete_stele; echo \"${COMPREPLY[@]}\""
                        .formatted(script, String.join(" ", words), words.length - 1);
        return said("bash", "-c", program);
    }

    private static String fish(Path script, String line) throws Exception {
        String program = "source %s; complete -C '%s'".formatted(script, line);
        return said("fish", "--no-config", "-c", program);
    }

    private static String said(String... command) throws Exception {
        Process shell =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        shell.waitFor();
        return said.strip();
    }
}
