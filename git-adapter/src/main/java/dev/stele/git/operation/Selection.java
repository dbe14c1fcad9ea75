package dev.stele.git.operation;

import dev.stele.git.disk.RawNames;
import dev.stele.git.repository.GitFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Chooses from all changes of a project those that a commit holds. */
final class Selection {

    private final OwnChanges own;
    private final Path directory;

    /**
     * @param directory the project's directory
     */
    Selection(OwnChanges own, Path directory) {
        this.own = own;
        this.directory = directory;
    }

    /**
     * The changes that belong to a scope.
     *
     * @param changes all changes by their raw paths
     * @throws GitFailure when there are none
     */
    SortedMap<String, Boolean> of(CommitScope scope, SortedMap<String, Boolean> changes)
            throws IOException {
        return switch (scope) {
            case CommitScope.Everything() -> changes;
            case CommitScope.Named(var paths) -> named(paths, changes);
            case CommitScope.Within(var spans) -> within(own.in(directory, spans), changes);
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

    private SortedMap<String, Boolean> within(Set<String> own, SortedMap<String, Boolean> changes) {
        SortedMap<String, Boolean> chosen = new TreeMap<>(changes);
        chosen.keySet().retainAll(own);
        if (chosen.isEmpty() && !changes.isEmpty()) {
            throw new GitFailure(
                    "There is nothing to commit in "
                            + directory
                            + " that this thread has changed; name the files, or commit"
                            + " everything.");
        }
        return chosen;
    }
}
