package dev.stele.app.cli;

import dev.stele.app.Stele;
import dev.stele.app.config.SharedLog;
import dev.stele.app.config.SteleHome;
import dev.stele.domain.port.LogAdministration;
import dev.stele.domain.port.StoreException;
import java.nio.file.Files;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A command on the log as a whole. Nothing is opened for it: it may be damaged, or in use. */
@Command
abstract class LogCareCommand implements Callable<Integer> {

    @ParentCommand private @Nullable LogCommand parent;
    @Spec private @Nullable CommandSpec spec;

    /** Does what was asked for, and tells of it, to people or to machines. */
    abstract ExitCode care(Console console, boolean json) throws InterruptedException;

    @Override
    public final Integer call() throws InterruptedException {
        if (Objects.requireNonNull(parent).isNarrowed()) {
            throw usage("--after and --limit are for 'stele log' alone.");
        }
        return care(stele().console(), stele().json()).code();
    }

    private SteleCommand stele() {
        return Objects.requireNonNull(Objects.requireNonNull(parent).parent());
    }

    final SteleHome home() {
        return stele().home();
    }

    final Stele.Builder builder() {
        return stele().builder();
    }

    /** The database that holds the log; null when a file in the home does. */
    final @Nullable SharedLog store() {
        return stele().store();
    }

    /** The care of a log that is there. */
    final LogAdministration log() {
        if (store() == null && Files.notExists(home().store())) {
            throw new StoreException(
                    "There is no log in "
                            + home().root()
                            + " yet. 'stele run' begins one; --home names another directory.",
                    null);
        }
        return builder().administration();
    }

    final ParameterException usage(String why) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), SafeText.of(why));
    }
}
