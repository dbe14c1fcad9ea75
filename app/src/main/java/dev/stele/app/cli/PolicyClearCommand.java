package dev.stele.app.cli;

import dev.stele.app.Stele;
import dev.stele.domain.model.ActionPolicy;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code stele policy clear}: agents ask about everything again. */
@Command(
        name = "clear",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = "Takes a policy back: agents ask you about everything again.")
final class PolicyClearCommand implements Callable<Integer> {

    @ParentCommand private @Nullable PolicyCommand policy;

    @Mixin private final PolicyOwner owner = new PolicyOwner();

    @Override
    public Integer call() {
        SteleCommand command = Objects.requireNonNull(Objects.requireNonNull(policy).parent());
        Console console = command.console();
        try (Stele stele = command.builder().onReplay(new ReplayProgress(console)).open()) {
            owner.set(stele, ActionPolicy.NONE);
            var archive = new Archive(stele, stele.codec(), stele.changes(), () -> {});
            PolicyShowCommand.print(owner, archive, console, command.json());
        }
        return ExitCode.OK.code();
    }
}
