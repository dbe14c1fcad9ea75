package dev.stele.app.cli;

import dev.stele.app.Stele;
import dev.stele.app.config.SharedLog;
import dev.stele.app.config.SteleHome;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code stele}: what all commands share. */
@Command(
        name = "stele",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            RunCommand.class,
            RecordCommand.class,
            WatchCommand.class,
            AgentsCommand.class,
            ThreadsCommand.class,
            ShowCommand.class,
            QueueCommand.class,
            PolicyCommand.class,
            UsageCommand.class,
            DiffCommand.class,
            CheckpointsCommand.class,
            RestoreCommand.class,
            UndoCommand.class,
            CommitCommand.class,
            BranchCommand.class,
            PushCommand.class,
            WorktreeCommand.class,
            LogCommand.class,
            ServeCommand.class,
            DoctorCommand.class,
            DemoCommand.class,
            CompletionCommand.class,
            ManCommand.class,
            HelpCommand.class
        },
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        header = "Lets coding agents work on your repository and keeps every step.",
        footerHeading = "%nExit codes:%n",
        footer = {
            "   0  done",
            "   1  the turn or operation failed, or was interrupted",
            "   2  wrong usage or bad input",
            "   3  there is no such thread, turn or checkpoint",
            "   4  the log cannot be used",
            "   5  refused: it cannot be done in this state",
            "   6  the log is damaged, or is not the expected one",
            "  70  a defect in Stele",
            " 130  interrupted by Ctrl-C",
            " 141  nobody reads the output any more, as behind '| head'",
            "",
            "Try it:   stele demo",
            "For real: stele run --agent \"npx @google/gemini-cli --acp\" \"Explain this.\""
        })
final class SteleCommand implements Runnable {

    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "The data directory (else STELE_HOME, else the usual place).")
    private @Nullable Path home;

    @Option(
            names = "--store",
            paramLabel = "ADDRESS",
            scope = ScopeType.INHERIT,
            description = {
                "The database that holds the log, as postgresql://user@host/database (else"
                        + " STELE_STORE, else a file in the data directory).",
                "Other people of this machine see it: give the password by PGPASSWORD."
            })
    private @Nullable String store;

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "Prints data as JSON, one value a line.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "Prints the result, errors and questions, and nothing about them.")
    private boolean quiet;

    private @Nullable Console console;

    /** Where this command prints and reads: one place, which knows what stands on the screen. */
    synchronized Console console() {
        if (console == null) {
            console = Console.ofProcess(quiet);
        }
        return console;
    }

    /** Whether data is wanted for machines. */
    boolean json() {
        return json;
    }

    /** Where everything is kept. */
    SteleHome home() {
        return home == null ? SteleHome.usual() : new SteleHome(home);
    }

    /** The database that holds the log; null when a file in the home does. */
    @Nullable SharedLog store() {
        return store == null ? SharedLog.ofEnvironment(null) : SharedLog.at(store, null);
    }

    /** Stele where everything is kept; a command starts what waits only where it stays for it. */
    Stele.Builder builder() {
        Stele.Builder builder =
                Stele.builder()
                        .home(home())
                        .startQueued(false)
                        .attach(true)
                        .onWait(() -> console().note("waiting for the server of this home …"));
        SharedLog shared = store();
        return shared == null ? builder : builder.store(shared);
    }

    @Override
    public void run() {
        if (spec != null) {
            throw new CommandMissing(spec);
        }
    }
}
