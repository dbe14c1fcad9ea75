package dev.stele.app.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code stele policy}: what agents may do without asking a person. */
@Command(
        name = "policy",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        synopsisSubcommandLabel = "[COMMAND]",
        subcommands = {
            PolicyShowCommand.class,
            PolicySetCommand.class,
            PolicyClearCommand.class
        },
        description = {
            "Shows what agents may do without asking you, or changes it.",
            "It answers where an agent asks; an agent that does not ask is not bound by it."
        })
final class PolicyCommand extends LookingCommand {

    @ParentCommand private @Nullable SteleCommand stele;

    @Mixin private final PolicyOwner owner = new PolicyOwner();

    @Override
    @Nullable SteleCommand parent() {
        return stele;
    }

    @Override
    void print(Archive archive, Console console, boolean json) {
        PolicyShowCommand.print(owner, archive, console, json);
    }
}
