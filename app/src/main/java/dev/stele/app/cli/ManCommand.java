package dev.stele.app.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code stele man}: the manual pages. */
@Command(
        name = "man",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Shows the manual page of Stele or of a command.",
            "Where there is no terminal, it prints the page in the language of man.",
            "'stele man --to DIR' writes them all, for example into ~/.local/share/man/man1."
        })
final class ManCommand implements Callable<Integer> {

    @Spec private @Nullable CommandSpec spec;

    @Option(names = "--to", paramLabel = "DIR", description = "Writes all pages into this folder.")
    private @Nullable Path folder;

    @Parameters(
            paramLabel = "COMMAND",
            arity = "0..*",
            description = "The command, as 'log verify'; else all of Stele.")
    private List<String> words = List.of();

    @Override
    public Integer call() throws InterruptedException {
        CommandSpec root = Objects.requireNonNull(spec).root();
        Console console = ((SteleCommand) root.userObject()).console();
        if (folder != null) {
            int pages = write(root, folder);
            console.note(Phrases.count(pages, "page") + " written into " + folder);
            return ExitCode.OK.code();
        }
        String page = ManualPage.of(HelpCommand.below(root, words));
        if (!console.isForAPerson() || !Programs.showsManual(page)) {
            console.line(page.stripTrailing());
        }
        return ExitCode.OK.code();
    }

    private static int write(CommandSpec command, Path folder) {
        try {
            Files.createDirectories(folder);
            Files.writeString(
                    folder.resolve(ManualPage.name(command) + ".1"), ManualPage.of(command));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int pages = 1;
        for (CommandLine below : command.subcommands().values()) {
            pages += write(below.getCommandSpec(), folder);
        }
        return pages;
    }
}
