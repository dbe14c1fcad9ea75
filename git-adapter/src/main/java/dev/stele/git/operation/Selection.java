package dev.stele.git.operation;

import dev.stele.domain.model.CheckpointStats.LeftPath;
import dev.stele.git.capture.StopSign;
import dev.stele.git.change.Span;
import dev.stele.git.disk.RawNames;
import dev.stele.git.program.GitProgram;
import dev.stele.git.repository.GitFailure;
import dev.stele.git.repository.HeldObjects;
import dev.stele.git.repository.ProjectRepository;
import dev.stele.git.repository.Repositories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.ObjectReader;

/** Chooses from all changes of a project those that a commit holds. */
final class Selection {

    /** How many files a sentence names. */
    private static final int TOLD = 5;

    private final Repositories repositories;
    private final OwnChanges own;
    private final GitProgram git;
    private final Path directory;
    private final StopSign stop;

    /**
     * @param git runs in the project's directory
     * @param directory the project's directory
     */
    Selection(
            Repositories repositories,
            OwnChanges own,
            GitProgram git,
            Path directory,
            StopSign stop) {
        this.repositories = repositories;
        this.own = own;
        this.git = git;
        this.directory = directory;
        this.stop = stop;
    }

    /**
     * The changes that belong to a scope.
     *
     * @param changes all changes by their raw paths
     * @throws GitFailure when there are none
     */
    Chosen of(CommitScope scope, SortedMap<String, Boolean> changes)
            throws IOException, InterruptedException {
        return switch (scope) {
            case CommitScope.Everything() -> Chosen.whole(changes);
            case CommitScope.Named(var paths) -> Chosen.whole(named(paths, changes));
            case CommitScope.Within(var spans) -> within(spans, changes);
        };
    }

    private SortedMap<String, Boolean> named(
            List<String> names, SortedMap<String, Boolean> changes) {
        SortedMap<String, Boolean> chosen = new TreeMap<>();
        for (String name : names) {
            String path = RawNames.fromText(name);
            int before = chosen.size();
            changes.forEach((changed, gone) -> {
                if (changed.equals(path) || changed.startsWith(path + "/")) {
                    chosen.put(changed, gone);
                }
            });
            requireThere(name, path, chosen.size() > before);
        }
        if (chosen.isEmpty()) {
            throw new GitFailure(
                    "There is nothing to commit in "
                            + directory
                            + ": what was named is unchanged or ignored.");
        }
        return chosen;
    }

    private void requireThere(String name, String path, boolean changed) {
        Path file = RawNames.resolve(directory, path);
        if (!changed && !Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new GitFailure(
                    "There is no "
                            + name
                            + " in "
                            + directory
                            + ", and none was deleted there; check the name.");
        }
    }

    private Chosen within(List<Span> spans, SortedMap<String, Boolean> changes)
            throws IOException, InterruptedException {
        Chosen chosen;
        try (ProjectRepository repository = repositories.open(directory);
                HeldObjects objects = repository.heldObjects()) {
            if (repository.isForeign()) {
                throw new GitFailure(
                        "What a thread has changed cannot be put on commits of a repository with"
                                + " the format of "
                                + repository.location().commonDir()
                                + "; name the files, or commit everything.");
            }
            ObjectReader reader = objects.reader();
            chosen =
                    new Joining(repository, reader, git, stop)
                            .choose(changes, own.in(repository, reader, spans));
        }
        if (chosen.isEmpty() && !changes.isEmpty()) {
            throw new GitFailure(
                    "There is nothing to commit in "
                            + directory
                            + " that this thread has changed"
                            + told(chosen.left())
                            + "; name the files, or commit everything.");
        }
        return chosen;
    }

    private static String told(List<LeftPath> left) {
        return left.isEmpty()
                ? ""
                : left.stream()
                        .limit(TOLD)
                        .map(path -> path.path() + " (" + path.why() + ")")
                        .collect(Collectors.joining(", ", ": ", ""));
    }
}
