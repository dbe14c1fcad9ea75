package dev.stele.app.cli;

import dev.stele.app.Worktrees;
import dev.stele.contracts.Characters;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Project;
import dev.stele.domain.model.Worktree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Which worktree a command is about. */
final class WorktreeChoice {

    @Mixin private ProjectOption place = new ProjectOption();

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "The worktree; else the one that the directory is in.")
    private @Nullable String name;

    /** The directory that says which project is meant. */
    Path directory() {
        return place.directory();
    }

    /** The name that was given, or null. */
    @Nullable String name() {
        return name;
    }

    /** The worktree that is meant. */
    Project worktree(OrchestrationReadModel model) {
        Project here = Lookup.project(model, place.directory());
        if (name == null && here != null && here.worktree() != null) {
            return here;
        }
        List<Project> known =
                here == null
                        ? model.projects()
                                .values()
                                .toJavaStream()
                                .filter(project -> project.worktree() != null)
                                .toList()
                        : Worktrees.of(model, here.id());
        List<Project> named =
                known.stream().filter(project -> project.name().equals(name)).toList();
        if (named.size() == 1) {
            return named.getFirst();
        }
        throw new NotFoundException(unknown(known));
    }

    private String unknown(List<Project> known) {
        String names =
                known.stream()
                        .map(project -> SafeText.line(project.name(), 60))
                        .collect(Collectors.joining(", "));
        return (name == null
                        ? "Name a worktree."
                        : "There is no worktree " + Characters.quoted(name) + " here.")
                + (names.isEmpty() ? " 'stele worktree list' lists all." : " There are: " + names);
    }

    /** The newest thread of a worktree, or null when it has none. */
    static @Nullable ChatThread newestThread(OrchestrationReadModel model, Project worktree) {
        return worktree.threads().isEmpty() ? null : model.thread(worktree.threads().last()._2());
    }

    /** Lets nobody start an agent in a worktree whose files are gone. */
    static void requireThere(OrchestrationReadModel model, ChatThread thread) {
        Project project = model.project(thread.projectId());
        Worktree worktree = project == null ? null : project.worktree();
        if (project == null
                || worktree == null
                || (worktree.takesWork() && Files.isDirectory(Path.of(worktree.top())))) {
            return;
        }
        String here = SafeText.line(project.name(), 100);
        throw new NotFoundException(
                (worktree.takesWork()
                                ? "The directory of the worktree " + here + " is gone."
                                : "The worktree " + here + " was removed.")
                        + " To bring it back on its branch: stele worktree add "
                        + here);
    }
}
