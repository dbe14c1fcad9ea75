package dev.stele.app.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code stele completion}: commands and options completed by the shell. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = "Prints a script by which your shell completes commands and options.",
        footerHeading = "%nWhere to put it:%n",
        footer = {
            "  bash  source <(stele completion bash)          in ~/.bashrc",
            "  zsh   source <(stele completion zsh)           in ~/.zshrc, behind compinit",
            "  fish  stele completion fish | source           in ~/.config/fish/config.fish"
        })
final class CompletionCommand implements Callable<Integer> {

    /** The shells that are known. */
    enum Shell {
        BASH,
        ZSH,
        FISH
    }

    @Spec private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "bash|zsh|fish",
            completionCandidates = Choices.Shells.class,
            description = "The shell.")
    private Shell shell = Shell.BASH;

    @Override
    public Integer call() {
        CommandSpec root = Objects.requireNonNull(spec).root();
        Console console = ((SteleCommand) root.userObject()).console();
        console.line(
                switch (shell) {
                    case BASH, ZSH -> AutoComplete.bash(root.name(), root.commandLine()).strip();
                    case FISH -> FishCompletion.of(root);
                });
        return ExitCode.OK.code();
    }
}
