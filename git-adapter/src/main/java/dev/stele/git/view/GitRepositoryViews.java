package dev.stele.git.view;

import dev.stele.domain.port.CommitDistance;
import dev.stele.domain.port.RepositoryException;
import dev.stele.domain.port.RepositoryView;
import dev.stele.domain.port.RepositoryView.Branch;
import dev.stele.domain.port.RepositoryView.Remote;
import dev.stele.domain.port.RepositoryViews;
import dev.stele.git.capture.StopSign;
import dev.stele.git.disk.RawNames;
import dev.stele.git.program.GitProgram;
import dev.stele.git.program.GitRun;
import dev.stele.git.repository.GitFailure;
import dev.stele.git.repository.GitLocation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Asks the user's git, which takes no lock and writes nothing for it. Thread-safe. */
public final class GitRepositoryViews implements RepositoryViews {

    /** What stands before the status of a path in short form. */
    private static final int STATUS = 3;

    private static final String PUSHES = " (push)";
    private static final Pattern CREDENTIALS = Pattern.compile("(?<=://)[^/\\s]*@");
    private static final String[] BRANCHES = {
        "for-each-ref",
        "--count=" + RepositoryView.MOST_BRANCHES,
        "--sort=-committerdate",
        "--format=%(refname:lstrip=2)%00%(objectname)%00%(upstream:lstrip=2)%00",
        "refs/heads"
    };

    private final Duration limit;

    /**
     * @param limit how long git may take
     */
    public GitRepositoryViews(Duration limit) {
        this.limit = limit;
    }

    /** Something that git is asked. */
    @FunctionalInterface
    private interface Question<T> {
        T ask(GitProgram git) throws InterruptedException;
    }

    private <T> T ask(String directory, Question<T> question) throws InterruptedException {
        Path path = Path.of(directory);
        try {
            GitLocation.find(path);
            return question.ask(
                    new GitProgram(path, limit)
                            .with(Map.of("LC_ALL", "C", "GIT_OPTIONAL_LOCKS", "0")));
        } catch (GitFailure e) {
            throw new RepositoryException(e.sentence(), e);
        }
    }

    private static @Nullable GitRun tried(GitProgram git, String... arguments)
            throws InterruptedException {
        GitRun run = git.run(new StopSign(), arguments);
        return run.succeeded() ? run : null;
    }

    private static GitRun run(GitProgram git, String... arguments) throws InterruptedException {
        GitRun run = git.run(new StopSign(), arguments);
        if (!run.succeeded()) {
            throw new GitFailure("Git cannot tell it: " + run.explanation());
        }
        return run;
    }

    @Override
    public RepositoryView view(String directory) throws InterruptedException {
        return ask(
                directory,
                git -> {
                    GitRun branch = tried(git, "symbolic-ref", "--quiet", "--short", "HEAD");
                    GitRun commit = tried(git, "rev-parse", "--verify", "--quiet", "HEAD");
                    return new RepositoryView(
                            branch == null ? null : branch.line(),
                            commit == null ? null : commit.line(),
                            branches(run(git, BRANCHES).text()),
                            remotes(run(git, "remote", "--verbose").text()));
                });
    }

    private static List<Branch> branches(String text) {
        return text.lines()
                .map(line -> line.split("\0", -1))
                .map(line -> new Branch(line[0], line[1], line[2].isEmpty() ? null : line[2]))
                .toList();
    }

    /** A remote with several addresses for pushes is told with the first. */
    private static List<Remote> remotes(String text) {
        List<Remote> remotes = new ArrayList<>();
        for (String line : text.lines().filter(line -> line.endsWith(PUSHES)).toList()) {
            int tab = line.indexOf('\t');
            String name = line.substring(0, tab);
            String url = line.substring(tab + 1, line.length() - PUSHES.length());
            if (remotes.stream().noneMatch(remote -> remote.name().equals(name))) {
                remotes.add(new Remote(name, CREDENTIALS.matcher(url).replaceAll("")));
            }
        }
        return remotes;
    }

    @Override
    public List<String> uncommitted(String directory) throws InterruptedException {
        return ask(
                directory,
                git ->
                        run(
                                        git,
                                        "-c",
                                        "core.fsmonitor=false",
                                        "status",
                                        "--porcelain=v1",
                                        "-z",
                                        "--untracked-files=all",
                                        "--no-renames")
                                .rawFields()
                                .stream()
                                .map(field -> RawNames.display(field.substring(STATUS)))
                                .toList());
    }

    @Override
    public CommitDistance toRemote(String directory, String branch, String remote)
            throws InterruptedException {
        String local = "refs/heads/" + branch;
        String seen = "refs/remotes/" + remote + "/" + branch;
        return ask(
                directory,
                git -> {
                    requireBranch(git, branch);
                    requireRemote(git, remote);
                    return tried(git, "rev-parse", "--verify", "--quiet", seen) == null
                            ? distance(git, null, local, "--not", "--remotes=" + remote)
                            : distance(git, behind(git, local, seen), local, "^" + seen);
                });
    }

    @Override
    public CommitDistance toHead(String directory, String branch) throws InterruptedException {
        String local = "refs/heads/" + branch;
        return ask(
                directory,
                git -> {
                    requireBranch(git, branch);
                    return distance(git, behind(git, local, "HEAD"), local, "^HEAD");
                });
    }

    private static void requireBranch(GitProgram git, String branch) throws InterruptedException {
        if (tried(git, "show-ref", "--verify", "--quiet", "refs/heads/" + branch) == null) {
            throw new GitFailure("There is no branch " + branch + ".");
        }
    }

    private static void requireRemote(GitProgram git, String remote) throws InterruptedException {
        if (tried(git, "remote", "get-url", "--", remote) == null) {
            throw new GitFailure(
                    "There is no remote " + remote + "; add it with 'git remote add'.");
        }
    }

    private static int behind(GitProgram git, String local, String there)
            throws InterruptedException {
        return Integer.parseInt(run(git, "rev-list", "--count", there, "^" + local, "--").line());
    }

    private static CommitDistance distance(
            GitProgram git, @Nullable Integer behind, String... range) throws InterruptedException {
        int ahead = Integer.parseInt(run(git, with(range, "rev-list", "--count")).line());
        String[] log = {
            "log", "--max-count=" + CommitDistance.MOST_COMMITS, "--format=%H%x00%s", "--no-color"
        };
        List<CommitDistance.Commit> commits =
                ahead == 0
                        ? List.of()
                        : run(git, with(range, log))
                                .text()
                                .lines()
                                .map(line -> line.split("\0", 2))
                                .map(line -> new CommitDistance.Commit(line[0], line[1]))
                                .toList();
        return new CommitDistance(ahead, behind, commits);
    }

    private static String[] with(String[] range, String... command) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of(range));
        arguments.add("--");
        return arguments.toArray(String[]::new);
    }
}
