package dev.stele.git.operation;

import java.nio.file.Path;
import java.util.Set;

/** Which of a project's changes a commit holds. */
public sealed interface Selected {

    /**
     * Whether a file is one of them.
     *
     * @param path its raw path from the project's directory
     */
    boolean holds(String path);

    /**
     * What to say when none of them has changed.
     *
     * @param directory the project's directory
     */
    String none(Path directory);

    /** Everything that is not ignored. */
    record All() implements Selected {

        @Override
        public boolean holds(String path) {
            return true;
        }

        @Override
        public String none(Path directory) {
            return "There is nothing to commit in " + directory + ".";
        }
    }

    /**
     * Some files.
     *
     * @param paths raw paths of files, and of directories that stand for all in them
     * @param whose says for people which changes are missing when there are none
     */
    record Some(Set<String> paths, String whose) implements Selected {

        /** Makes the set immutable. */
        public Some {
            paths = Set.copyOf(paths);
        }

        @Override
        public boolean holds(String path) {
            for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
                if (paths.contains(path.substring(0, end))) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public String none(Path directory) {
            return "There is nothing to commit in " + directory + ": " + whose;
        }
    }
}
