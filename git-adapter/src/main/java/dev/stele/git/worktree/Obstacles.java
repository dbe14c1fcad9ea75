package dev.stele.git.worktree;

import dev.stele.git.capture.StopSign;
import dev.stele.git.disk.RawNames;
import dev.stele.git.program.GitProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What stands in the way of a merge: whatever is not committed, at paths that it would change. */
final class Obstacles {

    private final GitProgram git;
    private final Path top;
    private final StopSign stop;

    /**
     * @param git in the working tree, with a copy of its index
     * @param top the top of the working tree
     */
    Obstacles(GitProgram git, Path top, StopSign stop) {
        this.git = git;
        this.top = top;
        this.stop = stop;
    }

    /** The raw paths of all that is in the way. */
    Set<String> find(List<PathDifference> differences) throws IOException, InterruptedException {
        Set<String> touched = new HashSet<>();
        Set<String> going = new HashSet<>();
        for (PathDifference difference : differences) {
            touched.add(difference.path());
            if (!difference.becomesFile()) {
                going.add(difference.path());
            }
        }
        Set<String> found = new TreeSet<>();
        for (StatusEntry entry : StatusEntry.all(git, stop)) {
            if (touched.contains(entry.path())) {
                found.add(entry.path());
            }
        }
        new HiddenChanges(git, top, stop)
                .find().stream().filter(touched::contains).forEach(found::add);
        for (PathDifference difference : differences) {
            if (difference.becomesFile()) {
                addUntracked(difference, going, found);
            }
        }
        return found;
    }

    /** Files that git ignores are in the way, too, and so is what lies where a file is to be. */
    private void addUntracked(PathDifference difference, Set<String> going, Set<String> found)
            throws IOException {
        Path path = RawNames.resolve(top, difference.path());
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            addContent(path, going, found);
        } else if (!difference.wasFile() && FileMark.isThere(path)) {
            found.add(difference.path());
        }
        String outer = difference.path();
        for (int end = outer.lastIndexOf('/'); end > 0; end = outer.lastIndexOf('/', end - 1)) {
            outer = outer.substring(0, end);
            Path above = RawNames.resolve(top, outer);
            boolean stays = FileMark.isThere(above) && !going.contains(outer);
            if (stays && !Files.isDirectory(above, LinkOption.NOFOLLOW_LINKS)) {
                found.add(outer);
            }
        }
    }

    private void addContent(Path directory, Set<String> going, Set<String> found)
            throws IOException {
        try (Stream<Path> content = Files.walk(directory)) {
            content.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .map(path -> RawNames.of(top.relativize(path)))
                    .filter(path -> !going.contains(path))
                    .forEach(found::add);
        }
    }
}
