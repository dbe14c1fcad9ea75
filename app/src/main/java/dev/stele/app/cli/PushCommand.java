package dev.stele.app.cli;

import dev.stele.app.Stele;
import dev.stele.contracts.ProjectId;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OperationState;
import dev.stele.domain.model.Project;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code stele push}: a branch goes to a remote. */
@Command(
        name = "push",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Pushes one branch with your git: your credentials, your ssh, your hooks.",
            "Commits of the remote are replaced only with a lease, and only those it names."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:pushed",
            "1:it failed: the remote refused it, was out of reach, or has other commits",
            "2:wrong usage: no branch is checked out, or there is nothing to make a lease from"
        })
final class PushCommand extends WorkingCommand<Operation.Push> {

    @Mixin private ProjectOption place = new ProjectOption();

    @Spec private @Nullable CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "BRANCH",
            description = "The branch; else the one that is checked out.")
    private @Nullable String branch;

    @Option(
            names = "--remote",
            paramLabel = "NAME",
            defaultValue = "origin",
            description = "Where to; else ${DEFAULT-VALUE}.")
    private String remote = "origin";

    @Option(
            names = "--force-with-lease",
            paramLabel = "ID",
            arity = "0..1",
            preprocessor = AttachedOnly.class,
            description = {
                "Replaces the remote's branch if it is still at this commit; without an ID if it"
                        + " is still where it was when it was last fetched or pushed."
            })
    private @Nullable String lease;

    /** Else the branch that follows the option would be taken for the commit. */
    static final class AttachedOnly implements IParameterPreprocessor {

        @Override
        @SuppressWarnings("JdkObsolete") // the parser hands out this type
        public boolean preprocess(
                Stack<String> arguments,
                CommandSpec command,
                ArgSpec option,
                Map<String, Object> details) {
            if (" ".equals(details.get("separator"))) {
                arguments.push("");
            }
            return false;
        }
    }

    @Override
    Operation.Push work(Stele stele, Console console) throws InterruptedException {
        Project known = Lookup.project(stele.model(), place.directory());
        Path directory = known == null ? place.directory() : Path.of(known.path());
        GitFiles files = GitFiles.of(directory);
        String name = branch != null ? branch : checkedOut(files, directory);
        String replaced = lease == null || !lease.isEmpty() ? lease : lastSeen(files, name);
        ProjectId projectId = known == null ? stele.project(directory) : known.id();
        console.note(
                console.styled(
                        Style.DIM,
                        "pushing "
                                + SafeText.line(name, 200)
                                + " to "
                                + SafeText.line(remote, 200)
                                + " …"));
        return stele.push(projectId, name, remote, replaced);
    }

    private String checkedOut(@Nullable GitFiles files, Path directory) {
        String name = files == null ? null : files.branch();
        if (name == null) {
            throw usage(
                    files == null
                            ? "There is no git repository in " + directory + "."
                            : "No branch is checked out; name the one to push.");
        }
        return name;
    }

    private String lastSeen(@Nullable GitFiles files, String name) {
        String seen = files == null ? null : files.lastSeen(remote, name);
        if (seen == null) {
            throw usage(
                    "Nothing is known of the branch "
                            + name
                            + " of the remote "
                            + remote
                            + " that a lease could be made from; fetch it, or name the commit:"
                            + " --force-with-lease=ID");
        }
        return seen;
    }

    private ParameterException usage(String why) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), SafeText.of(why));
    }

    @Override
    void tell(Operation.Push done, Stele stele, Console console) {
        if (done.state() instanceof OperationState.Recorded(var hash, _)) {
            console.line(
                    "pushed "
                            + SafeText.line(done.branch(), 200)
                            + " to "
                            + SafeText.line(done.remote(), 200)
                            + ": it is at "
                            + hash);
        }
    }
}
