package dev.stele.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
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
    }

    @Test
    void fish_is_told_every_command_and_option() {
        String script = FishCompletion.of(stele.getCommandSpec());

        assertThat(script.lines())
                .allMatch(line -> line.startsWith("complete -c stele "))
                .anyMatch(line -> line.contains(" -f -a restore -d 'Brings back"))
                .anyMatch(line -> line.contains("from worktree; and") && line.contains("-a merge"))
                .anyMatch(line -> line.contains("from run' -l approve -r -d"))
                .anyMatch(line -> line.startsWith("complete -c stele -l json -d"));
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
        Process bash =
                new ProcessBuilder(List.of("bash", "-c", program))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        bash.waitFor();
        return said.strip();
    }
}
