package dev.stele.app.cli;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code stele help}: what a command does and takes, the same as its {@code --help}. */
@Command(
        name = "help",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = "Tells what Stele or a command does and takes: the same as --help.")
final class HelpCommand implements Callable<Integer> {

    @Spec private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "COMMAND",
            arity = "0..*",
            description = "The command, as 'log verify'; else all of Stele.")
    private List<String> words = List.of();

    @Override
    public Integer call() {
        CommandLine found = below(Objects.requireNonNull(spec), words).commandLine();
        found.usage(found.getOut());
        found.getOut().flush();
        return ExitCode.OK.code();
    }

    /** The command of these words below the one above all. */
    static CommandSpec below(CommandSpec asking, List<String> words) {
        CommandSpec found = asking.root();
        for (String word : words) {
            CommandLine below = found.subcommands().get(word);
            if (below == null) {
                throw new ParameterException(
                        asking.commandLine(), UsageError.noCommand(found, word));
            }
            found = below.getCommandSpec();
        }
        return found;
    }
}
