package dev.stele.app.cli;

import dev.stele.app.Stele;
import dev.stele.app.error.SteleException;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OperationState;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * A command that asks for an operation, waits for its end and tells what came of it.
 *
 * @param <O> the kind of operation
 */
@Command
abstract class WorkingCommand<O extends Operation> implements Callable<Integer> {

    @Spec private @Nullable CommandSpec own;

    /** The command above all, which knows what all share. */
    final SteleCommand parent() {
        return (SteleCommand) Objects.requireNonNull(own).root().userObject();
    }

    /** Asks for it, and waits for its end. */
    abstract O work(Stele stele, Console console) throws InterruptedException;

    /** Tells people what was done. */
    abstract void tell(O done, Stele stele, Console console);

    /** Tells people more of why it failed, and what they can do. */
    void tellFailure(O failed, Console console) {}

    /** The exit code of an operation that is done, when all that hangs on it is told. */
    ExitCode codeOf(O done) {
        return ExitCode.OK;
    }

    @Override
    public Integer call() throws InterruptedException {
        SteleCommand command = parent();
        Console console = command.console();
        try (Stele stele =
                command.builder()
                        .onReplay(new ReplayProgress(console))
                        .onProgress(new WorkProgress(console))
                        .open()) {
            return call(stele, console, command.json()).code();
        }
    }

    private ExitCode call(Stele stele, Console console, boolean json) throws InterruptedException {
        try (var farewell = new Farewell(() -> leave(stele, console))) {
            try {
                return conclude(work(stele, console), stele, console, json);
            } catch (SteleException.Unavailable closed) {
                if (farewell.isBegun()) {
                    return ExitCode.INTERRUPTED;
                }
                throw closed;
            }
        }
    }

    private static void leave(Stele stele, Console console) {
        console.note(
                "Interrupted. If it had begun, it is in the log: the next start finishes it, or"
                        + " finds out what became of it. 'stele log' tells.");
        stele.close();
    }

    private ExitCode conclude(O done, Stele stele, Console console, boolean json) {
        if (json) {
            console.bytes(stele.codec().encode(done));
        }
        return switch (done.state()) {
            case OperationState.Failed(var why, _) -> {
                console.error(SafeText.of(why));
                tellFailure(done, console);
                yield ExitCode.FAILED;
            }
            case OperationState.Restored _,
                    OperationState.Recorded _,
                    OperationState.Cleaned _,
                    OperationState.Open _ -> {
                if (!json) {
                    tell(done, stele, console);
                }
                yield codeOf(done);
            }
        };
    }
}
