package dev.stele.git.operation;

import dev.stele.contracts.OperationId;
import dev.stele.git.capture.StopSign;
import dev.stele.git.program.GitProgram;
import dev.stele.git.program.GitRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds commits of Stele by their trailer, in repositories of any format that git knows. */
final class CommitSearch {

    /** The trailer that names the commit's operation. */
    static final String TRAILER = "Stele-Commit";

    /** Clocks of machines that share a repository differ, and so may commits that were amended. */
    private static final Duration MARGIN = Duration.ofDays(2);

    private CommitSearch() {}

    /**
     * The id of the commit with a trailer on HEAD or any branch, or null.
     *
     * @param git runs in the project's directory
     * @param since before this time it cannot have been made
     */
    static @Nullable String find(GitProgram git, OperationId commitId, Instant since)
            throws InterruptedException {
        var never = new StopSign();
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "rev-list",
                                "--max-age=" + since.minus(MARGIN).getEpochSecond(),
                                "--fixed-strings",
                                "--grep=" + TRAILER + ": " + commitId,
                                "--format=%H,%(trailers:key="
                                        + TRAILER
                                        + ",valueonly,separator=%x2C)",
                                "--branches"));
        if (git.run(never, "rev-parse", "-q", "--verify", "HEAD").succeeded()) {
            arguments.add("HEAD");
        }
        GitRun run = git.run(never, arguments.toArray(String[]::new));
        Staging.require(run, "look for the commit");
        return run.text()
                .lines()
                .map(line -> List.of(line.split(",", -1)))
                .filter(fields -> fields.subList(1, fields.size()).contains(commitId.value()))
                .map(List::getFirst)
                .findFirst()
                .orElse(null);
    }
}
