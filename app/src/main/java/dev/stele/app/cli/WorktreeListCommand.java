package dev.stele.app.cli;

import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Project;
import dev.stele.domain.model.Worktree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code stele worktree list}: the worktrees there are. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Lists the worktrees of all projects, newest last.")
final class WorktreeListCommand extends LookingCommand {

    @Spec private @Nullable CommandSpec spec;

    @Mixin private final AtOption at = new AtOption();

    @Override
    @Nullable SteleCommand parent() {
        return (SteleCommand) Objects.requireNonNull(spec).root().userObject();
    }

    @Override
    void print(Archive archive, Console console, boolean json) {
        OrchestrationReadModel model = at.model(archive, console);
        List<Project> worktrees =
                model.projects()
                        .values()
                        .toJavaStream()
                        .filter(project -> project.worktree() != null)
                        .sorted(Comparator.comparing(Project::createdAt))
                        .toList();
        if (json) {
            worktrees.forEach(project -> console.bytes(archive.codec().encode(project)));
        } else if (worktrees.isEmpty()) {
            console.note("There are no worktrees. Start one: stele run --worktree PROMPT");
        } else {
            table(model, worktrees).print(console);
        }
    }

    private static Table table(OrchestrationReadModel model, List<Project> worktrees) {
        var table = new Table("NAME", "CREATED", "STATUS", "THREADS", "BRANCH", "PROJECT", "PATH");
        for (Project project : worktrees) {
            Worktree worktree = Objects.requireNonNull(project.worktree());
            Project of = model.project(worktree.projectId());
            table.row(
                    SafeText.line(project.name(), 40),
                    Phrases.time(project.createdAt()),
                    status(worktree),
                    String.valueOf(project.threads().size()),
                    SafeText.line(worktree.branch(), 60),
                    SafeText.line(of == null ? "" : of.path(), 60),
                    SafeText.line(project.path(), 200));
        }
        return table;
    }

    private static String status(Worktree worktree) {
        return switch (worktree.standing()) {
            case NEW, RETURNING -> "being made";
            case LEAVING -> "being removed";
            case REMOVED -> "removed";
            case THERE -> Files.isDirectory(Path.of(worktree.top())) ? "there" : "deleted by hand";
        };
    }
}
