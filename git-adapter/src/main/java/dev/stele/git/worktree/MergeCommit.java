package dev.stele.git.worktree;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stele.git.capture.StopSign;
import dev.stele.git.disk.RawNames;
import dev.stele.git.program.GitProgram;
import dev.stele.git.program.GitRun;
import dev.stele.git.repository.GitFailure;
import dev.stele.git.repository.GitLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes the commit that a merge leads to, with the user's settings, hooks and signing, and touches
 * neither files, index nor branches.
 */
final class MergeCommit {

    private static final int CONFLICTS = 1;

    private final GitProgram git;
    private final GitLocation location;
    private final Path staging;
    private final Duration limit;
    private final StopSign stop;

    /**
     * @param location the working tree that is merged into
     * @param staging a directory for what is made meanwhile; it is there
     * @param limit how long git and a hook may take
     */
    MergeCommit(GitLocation location, Path staging, Duration limit, StopSign stop) {
        this.git = new GitProgram(location.workTree(), limit).with(Map.of("LC_ALL", "C"));
        this.location = location;
        this.staging = staging;
        this.limit = limit;
        this.stop = stop;
    }

    /**
     * Makes it.
     *
     * @param ours the commit that is checked out
     * @param theirs the commit that is merged
     * @param branch the branch that this is the tip of
     * @return the commit to go to: theirs itself where nothing has to be joined
     * @throws GitFailure when both have changed the same, and it names the paths; or git, or a
     *     hook, refuses
     */
    String make(String ours, String theirs, String branch)
            throws IOException, InterruptedException {
        String mode = git.run(stop, "config", "merge.ff").line();
        boolean forward = isAncestor(ours, theirs);
        if (forward && !mode.equals("false")) {
            return theirs;
        }
        if (!forward && mode.equals("only")) {
            throw new GitFailure(
                    "Both branches have commits of their own, and your setting merge.ff lets git"
                            + " only go forward; rebase "
                            + branch
                            + ", or change the setting.");
        }
        Path index = staging.resolve("merged");
        GitProgram inTree = WorkTreeGit.of(location, index, limit);
        require(inTree.run(stop, "read-tree", joined(ours, theirs, branch)), "read the merge");
        require(hook(inTree, "pre-merge-commit"), "merge: the pre-merge-commit hook refused it");
        GitRun tree = inTree.run(stop, "write-tree");
        require(tree, "write the merge");
        return commit(inTree, tree.line(), message(inTree, theirs, branch), ours, theirs);
    }

    /** Whether a commit is another, or one of its ancestors. */
    boolean isAncestor(String commit, String of) throws InterruptedException {
        return git.run(stop, "merge-base", "--is-ancestor", commit, of).succeeded();
    }

    private String joined(String ours, String theirs, String branch) throws InterruptedException {
        GitRun run =
                git.run(
                        stop,
                        "merge-tree",
                        "--write-tree",
                        "-z",
                        "--name-only",
                        "--no-messages",
                        ours,
                        theirs);
        List<String> fields = run.rawFields();
        if (run.succeeded()) {
            return fields.getFirst();
        }
        if (run.code() == CONFLICTS && fields.size() > 1) {
            throw new GitFailure(
                    "Both branches have changed the same lines; nothing was changed. Merge or"
                            + " rebase in the worktree of "
                            + branch
                            + ", resolve it there, then merge again.",
                    fields.subList(1, fields.size()).stream()
                            .map(RawNames::display)
                            .distinct()
                            .toList());
        }
        throw new GitFailure(
                "Git could not merge; it has to be 2.38 or newer: " + run.explanation());
    }

    private Path message(GitProgram inTree, String theirs, String branch)
            throws IOException, InterruptedException {
        byte[] what = (theirs + "\t\tbranch '" + branch + "' of .\n").getBytes(UTF_8);
        GitRun run = git.run(stop, what, "fmt-merge-msg");
        require(run, "word the merge");
        Path file = staging.resolve("MERGE_MSG");
        Files.writeString(file, run.text(), UTF_8);
        String name = file.toString();
        require(
                hook(inTree, "prepare-commit-msg", name, "merge"),
                "merge: the prepare-commit-msg hook refused it");
        require(hook(inTree, "commit-msg", name), "merge: the commit-msg hook refused it");
        return file;
    }

    private String commit(GitProgram inTree, String tree, Path message, String ours, String theirs)
            throws InterruptedException {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "-c",
                                "core.fsync=committed",
                                "commit-tree",
                                "-p",
                                ours,
                                "-p",
                                theirs,
                                "-F",
                                message.toString()));
        if (git.run(stop, "config", "--type=bool", "commit.gpgSign").line().equals("true")) {
            arguments.add("-S");
        }
        arguments.add(tree);
        GitRun run = inTree.run(stop, arguments.toArray(String[]::new));
        require(run, "commit the merge");
        return run.line();
    }

    private GitRun hook(GitProgram inTree, String name, String... arguments)
            throws InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("hook", "run", "--ignore-missing", name, "--"));
        command.addAll(List.of(arguments));
        return inTree.run(stop, command.toArray(String[]::new));
    }

    private static void require(GitRun run, String what) {
        if (!run.succeeded()) {
            throw new GitFailure("Git could not " + what + ": " + run.explanation());
        }
    }
}
