package dev.stele.app.cli;

import dev.stele.app.config.ServerNotice;
import dev.stele.app.error.SteleException;
import dev.stele.app.report.RefusalKind;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.port.StoreException;
import dev.stele.domain.port.TreeDiffException;
import java.io.FileDescriptor;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The program {@code stele}. */
public final class Main {

    private Main() {}

    /**
     * Runs one command and ends the process with its exit code.
     *
     * @param arguments as typed
     */
    public static void main(String[] arguments) {
        Output out = Output.of(FileDescriptor.out, Terminal.glyphs(Terminal.RESULTS).charset());
        System.setOut(out);
        System.setErr(Output.of(FileDescriptor.err, Terminal.glyphs(Terminal.NOTES).charset()));
        int code = runWhatever(arguments);
        System.err.flush();
        // Help comes from elsewhere, and a turn that goes on without its words ends well.
        var gone = new OutputGone(out.failure());
        boolean lost = out.checkError() && code == ExitCode.OK.code() && !gone.isUnread();
        System.exit(lost ? lost(gone).code() : code);
    }

    /** The same where not even the JVM can go on, as without memory. */
    private static int runWhatever(String... arguments) {
        try {
            return run(arguments);
        } catch (Error broken) {
            return defect(broken);
        }
    }

    private static int defect(Throwable problem) {
        Console console = Console.ofProcess(false);
        console.error("A defect in Stele: " + problem);
        console.note("Nothing that was acknowledged is lost. STELE_DEBUG=1 shows where.");
        if (System.getenv("STELE_DEBUG") != null) {
            problem.printStackTrace(System.err);
        }
        return ExitCode.INTERNAL.code();
    }

    /** What follows when results cannot be printed. Who has read enough is not told. */
    private static ExitCode lost(OutputGone gone) {
        if (gone.isUnread()) {
            return ExitCode.UNREAD;
        }
        Console.ofProcess(false).error(String.valueOf(gone.getMessage()));
        return ExitCode.FAILED;
    }

    /**
     * Runs one command.
     *
     * @param arguments as typed
     * @return the exit code, as {@code stele --help} lists them
     */
    static int run(String... arguments) {
        return new CommandLine(new SteleCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUnmatchedOptionsArePositionalParams(false)
                .setParameterExceptionHandler(Main::usage)
                .setExecutionExceptionHandler(Main::failure)
                .execute(arguments);
    }

    private static int usage(ParameterException problem, String[] arguments) {
        Console console = Console.ofProcess(false);
        if (problem instanceof CommandMissing) {
            problem.getCommandLine().usage(System.err);
            console.note("");
        }
        console.error(UsageError.of(problem));
        console.note(
                "Try '" + problem.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE.code();
    }

    private static int failure(Exception problem, CommandLine command, ParseResult parsed) {
        if (problem instanceof OutputGone gone) {
            return lost(gone).code();
        }
        ExitCode code = codeOf(problem);
        if (code == ExitCode.INTERNAL) {
            return defect(problem);
        }
        Console console = Console.ofProcess(false);
        console.error(String.valueOf(problem.getMessage()));
        if (problem instanceof SteleException.Refused refused
                && refused.error() instanceof DeciderError.LogUnreadable) {
            console.note(
                    "'stele log verify' names them, 'stele log accept-loss' accepts the loss.");
        }
        if (problem instanceof StoreException.Locked && !isServed(command)) {
            console.note(
                    "'stele watch' shows what it does. Commands work beside each other while 'stele"
                            + " serve' runs.");
        }
        return code.code();
    }

    private static boolean isServed(CommandLine command) {
        var stele = (SteleCommand) command.getCommandSpec().root().userObject();
        ServerNotice notice = ServerNotice.read(stele.home());
        return notice != null && notice.isOfALivingProcess();
    }

    private static ExitCode codeOf(Exception problem) {
        return switch (problem) {
            case NotFoundException _ -> ExitCode.NOT_FOUND;
            case StoreException.Damaged _ -> ExitCode.DAMAGED;
            case StoreException _ -> ExitCode.STORE;
            case TreeDiffException _ -> ExitCode.FAILED;
            case SteleException refused -> codeOf(refused);
            case InterruptedException _ -> ExitCode.INTERRUPTED;
            default -> ExitCode.INTERNAL;
        };
    }

    private static ExitCode codeOf(SteleException problem) {
        return switch (problem) {
            case SteleException.InvalidDirectory _,
                    SteleException.InvalidHome _,
                    SteleException.InvalidConfiguration _ ->
                    ExitCode.USAGE;
            case SteleException.Refused refused -> codeOf(refused.error());
            case SteleException.NothingToUndo _ -> ExitCode.REFUSED;
            case SteleException.NotTheWriter _, SteleException.Unavailable _ -> ExitCode.STORE;
        };
    }

    private static ExitCode codeOf(DeciderError refusal) {
        return switch (RefusalKind.of(refusal)) {
            case INPUT -> ExitCode.USAGE;
            case NOT_THERE -> ExitCode.NOT_FOUND;
            case STATE -> ExitCode.REFUSED;
            case DAMAGED -> ExitCode.DAMAGED;
        };
    }
}
