package dev.stele.app.cli;

import dev.stele.app.Stele;
import dev.stele.contracts.ProjectId;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OperationState;
import dev.stele.domain.model.Project;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stele branch}: a new branch. */
@Command(
        name = "branch",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = "Makes a branch without switching to it.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:made",
            "1:it failed: there is such a branch, no such revision, no repository",
            "2:git does not allow the name"
        })
final class BranchCommand extends WorkingCommand<Operation.Branch> {

    @Mixin private ProjectOption place = new ProjectOption();

    @Parameters(paramLabel = "NAME", description = "The branch.")
    private String name = "";

    @Option(
            names = "--from",
            paramLabel = "REV",
            description = "The revision where it starts; else HEAD.")
    private @Nullable String from;

    @Override
    Operation.Branch work(Stele stele, Console console) throws InterruptedException {
        Project known = Lookup.project(stele.model(), place.directory());
        ProjectId projectId = known == null ? stele.project(place.directory()) : known.id();
        return stele.branch(projectId, name, from);
    }

    @Override
    void tell(Operation.Branch done, Stele stele, Console console) {
        if (done.state() instanceof OperationState.Recorded(var hash, _)) {
            console.line("branch " + SafeText.line(done.name(), 200) + " at " + hash);
            console.note("To switch to it: git switch " + SafeText.line(done.name(), 200));
        }
    }
}
