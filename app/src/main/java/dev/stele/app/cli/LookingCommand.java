package dev.stele.app.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A command that shows what is in a home and changes nothing. */
abstract class LookingCommand implements Callable<Integer> {

    /** The command above, which knows what all share; set by the parser. */
    abstract @Nullable SteleCommand parent();

    /** Prints what was asked for, for people or for machines. */
    abstract void print(Archive archive, Console console, boolean json);

    @Override
    public final Integer call() throws InterruptedException {
        SteleCommand stele = parent();
        if (stele == null) {
            throw new IllegalStateException("a command is run by its parent");
        }
        Console console = stele.console();
        try (Archive archive = Archive.open(stele, console)) {
            print(archive, console, stele.json());
        }
        return ExitCode.OK.code();
    }
}
