package dev.stele.app.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Nothing was said of what to do, where several things can be done. */
final class CommandMissing extends ParameterException {

    private static final long serialVersionUID = 1L;

    CommandMissing(CommandSpec above) {
        super(above.commandLine(), "Say what to do: name a command.");
    }
}
