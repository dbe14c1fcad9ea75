package dev.stele.git;

import dev.stele.contracts.CheckpointId;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.Report.AssignCheckpointGitRef;
import dev.stele.domain.command.OrchestrationCommand.Report.CompleteRestore;
import dev.stele.domain.model.RestoreSummary;
import dev.stele.git.testing.Git;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** What a git adapter may do wrong, done right after it has done it right. */
enum Fault {
    FORGETS_A_FILE("files_come_back_to_the_byte_with_execute_bits_and_links") {
        @Override
        void afterTaking(AssignCheckpointGitRef taken, Path directory) {
            rewrite(directory, taken.gitRef(), "git rm -q --cached script");
        }
    },
    HOLDS_CONVERTED_BYTES("files_come_back_to_the_byte_with_execute_bits_and_links") {
        @Override
        void afterRestoring(List<Path> directories) throws IOException {
            Path file = directories.getLast().resolve("bytes.bin");
            Files.write(file, new byte[] {0, 10, 10, -1, -2, 10, 26, 0});
        }
    },
    LOSES_THE_EXECUTE_BIT("files_come_back_to_the_byte_with_execute_bits_and_links") {
        @Override
        void afterRestoring(List<Path> directories) throws IOException {
            Files.setPosixFilePermissions(
                    directories.getLast().resolve("script"),
                    PosixFilePermissions.fromString("rw-r--r--"));
        }
    },
    MAKES_FILES_OF_LINKS("files_come_back_to_the_byte_with_execute_bits_and_links") {
        @Override
        void afterRestoring(List<Path> directories) throws IOException {
            Path link = directories.getLast().resolve("link");
            Files.delete(link);
            Files.writeString(link, "no/where");
        }
    },
    FORGETS_A_DELETION("what_was_deleted_since_is_back_and_what_was_made_since_is_gone") {
        @Override
        void afterRestoring(List<Path> directories) throws IOException {
            Path made = directories.getLast().resolve("made");
            Files.writeString(Files.createDirectory(made).resolve("made.txt"), "made");
        }
    },
    LEAVES_EMPTY_DIRECTORIES("what_was_deleted_since_is_back_and_what_was_made_since_is_gone") {
        @Override
        void afterRestoring(List<Path> directories) throws IOException {
            Files.createDirectory(directories.getLast().resolve("made"));
        }
    },
    FOLLOWS_A_LINK("no_link_is_followed") {
        @Override
        void afterRestoring(List<Path> directories) throws IOException {
            Files.writeString(directories.getFirst().resolve("file"), "inside");
        }
    },
    TOUCHES_AN_IGNORED_FILE("ignored_files_stay_as_they_are_and_one_in_the_way_is_told") {
        @Override
        void afterRestoring(List<Path> directories) throws IOException {
            Files.writeString(directories.getLast().resolve("x.log"), "before");
        }
    },
    CLEANS_IGNORED_FILES_UP("ignored_files_stay_as_they_are_and_one_in_the_way_is_told") {
        @Override
        void afterRestoring(List<Path> directories) throws IOException {
            Files.delete(directories.getLast().resolve("late.log"));
        }
    },
    TELLS_NOBODY_WHAT_IT_LEFT("ignored_files_stay_as_they_are_and_one_in_the_way_is_told") {
        @Override
        OrchestrationCommand report(CompleteRestore report) {
            var nothing = new RestoreSummary(report.summary().written(), 0, List.of());
            return new CompleteRestore(report.restoreId(), nothing, report.at());
        }
    },
    MOVES_HEAD("neither_taking_nor_restoring_touches_what_is_gits") {
        @Override
        void afterRestoring(List<Path> directories) {
            new Git(directories.getLast()).run("checkout", "-q", "--detach");
        }
    },
    RESTORES_INTO_THE_INDEX("neither_taking_nor_restoring_touches_what_is_gits") {
        @Override
        void afterRestoring(List<Path> directories) {
            new Git(directories.getLast()).run("add", "-A");
        }
    },
    CAPTURES_INTO_THE_INDEX("neither_taking_nor_restoring_touches_what_is_gits") {
        @Override
        void afterTaking(AssignCheckpointGitRef taken, Path directory) {
            new Git(directory).run("add", "-A");
        }
    },
    KEEPS_NO_SAFETY_CHECKPOINT("a_restore_is_undone_to_the_byte") {
        @Override
        void afterTaking(AssignCheckpointGitRef taken, Path directory) {
            if (!isFirst(taken.checkpointId())) {
                rewrite(directory, taken.gitRef(), "git read-tree --empty; git add first.txt");
            }
        }
    },
    WRITES_EVERYTHING_AGAIN("what_did_not_change_keeps_its_times") {
        @Override
        void afterRestoring(List<Path> directories) throws IOException {
            try (Stream<Path> files = Files.list(directories.getLast())) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.write(file, Files.readAllBytes(file));
                }
            }
        }
    };

    private final String test;

    Fault(String test) {
        this.test = test;
    }

    /** The test of the kit that finds it. */
    String test() {
        return test;
    }

    /** Spoils a checkpoint that is taken and not reported yet. */
    void afterTaking(AssignCheckpointGitRef taken, Path directory) {}

    /**
     * Spoils a restore that is done and not reported yet.
     *
     * @param directories those of the test, in the order in which it asked for them
     */
    void afterRestoring(List<Path> directories) throws IOException {}

    /** What is reported. */
    OrchestrationCommand report(CompleteRestore report) {
        return report;
    }

    /** The checkpoint that a test asks for, and no safety checkpoint. */
    private static boolean isFirst(CheckpointId id) {
        return id.value().startsWith("checkpoint");
    }

    /** Makes another tree of a checkpoint's, by commands that work on an index of their own. */
    private static void rewrite(Path directory, String ref, String commands) {
        String script =
                """
                export GIT_INDEX_FILE=.git/spoiled GIT_COMMITTER_NAME=x GIT_COMMITTER_EMAIL=x
                export GIT_AUTHOR_NAME=x GIT_AUTHOR_EMAIL=x
                git read-tree %1$s && { %2$s; } && tree=$(git write-tree) &&
                commit=$(git cat-file commit %1$s | sed '1,/^$/d' | git commit-tree $tree) &&
                git update-ref %1$s $commit && rm .git/spoiled
                """
                        .formatted(ref, commands);
        Git.Result result = new Git(directory).process("sh", "-c", script);
        if (result.code() != 0) {
            throw new AssertionError(result.errors());
        }
    }
}
