package dev.stele.app.cli;

import dev.stele.app.error.SteleException;
import dev.stele.app.report.RefusalKind;
import dev.stele.domain.command.DeciderError;
import dev.stele.domain.port.StoreException;
import dev.stele.domain.port.TreeDiffException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program {@code stele}. */
public final class Main {

    private Main() {}

    /**
     * Runs one command and ends the process with its exit code.
     *
     * @param arguments as typed
     */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
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
        console.error(String.valueOf(problem.getMessage()));
        UnmatchedArgumentException.printSuggestions(problem, problem.getCommandLine().getErr());
        console.note(
                "Try '" + problem.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE.code();
    }

    private static int failure(Exception problem, CommandLine command, ParseResult parsed) {
        ExitCode code = codeOf(problem);
        Console console = Console.ofProcess(false);
        if (code == ExitCode.INTERNAL) {
            console.error("A defect in Stele: " + problem);
            console.note("Nothing that was acknowledged is lost. STELE_DEBUG=1 shows where.");
            if (System.getenv("STELE_DEBUG") != null) {
                problem.printStackTrace(command.getErr());
            }
        } else {
            console.error(SafeText.of(String.valueOf(problem.getMessage())));
        }
        if (problem instanceof SteleException.Refused refused
                && refused.error() instanceof DeciderError.LogUnreadable) {
            console.note(
                    "'stele log verify' names them, 'stele log accept-loss' accepts the loss.");
        }
        return code.code();
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
