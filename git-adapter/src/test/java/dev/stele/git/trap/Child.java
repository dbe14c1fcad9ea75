package dev.stele.git.trap;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.OperationId;
import dev.stele.domain.command.OrchestrationCommand.CreateCheckpoint;
import dev.stele.domain.command.OrchestrationCommand.Report.AssignCheckpointGitRef;
import dev.stele.domain.model.ChangeSelection;
import dev.stele.domain.model.CheckpointStats.LeftPath;
import dev.stele.git.capture.StopSign;
import dev.stele.git.capture.TakenCheckpoint;
import dev.stele.git.change.RestoreRecords;
import dev.stele.git.operation.BegunOperations;
import dev.stele.git.operation.CommitRequest;
import dev.stele.git.operation.CommitScope;
import dev.stele.git.operation.Commits;
import dev.stele.git.repository.GitFailure;
import dev.stele.git.restore.GitRestorePreviews;
import dev.stele.git.restore.RestoreChoice;
import dev.stele.git.restore.RestoreRequest;
import dev.stele.git.testing.Capturing;
import dev.stele.git.testing.Restoring;
import dev.stele.git.testing.Story;
import dev.stele.git.testing.WorkTree;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A process of its own, with other rights, another locale or another environment. */
final class Child {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    private Child() {}

    /**
     * Runs one.
     *
     * @param before what is put before the command that starts it
     * @param environment its variables besides those of this process
     * @param tree what it works on
     * @param state the directory for what Stele keeps
     * @param works {@code take ID}, {@code preview ID}, {@code restore SAFETY TARGET} or {@code
     *     commit}
     * @return the lines that it prints
     */
    static List<String> run(
            List<String> before,
            Map<String, String> environment,
            WorkTree tree,
            Path state,
            String... works)
            throws IOException {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        tree.root().toString(),
                        state.toString()));
        command.addAll(List.of(works));
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        Process process = builder.start();
        return new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
    }

    /** Does what {@link #run} was given. */
    public static void main(String[] arguments) throws Exception {
        var tree = new WorkTree(Path.of(arguments[0]));
        Path state = Path.of(arguments[1]);
        var restoring = new Restoring(state);
        var out = new PrintStream(System.out, true, UTF_8);
        for (int i = 2; i < arguments.length; i++) {
            String[] work = arguments[i].split(" ", -1);
            try {
                switch (work[0]) {
                    case "take" -> {
                        TakenCheckpoint taken = restoring.capturing().take(tree.root(), work[1]);
                        out.println(taken.ref());
                        tell(taken.stats().leftOut(), out);
                    }
                    case "restore" -> {
                        var request =
                                new RestoreRequest(
                                        new OperationId("r" + i),
                                        tree.root(),
                                        work[1],
                                        work[2],
                                        new RestoreChoice.Everything());
                        tell(restoring.restores().restore(request, new StopSign()).left(), out);
                    }
                    case "preview" -> tell(preview(restoring, tree, state, work[1]), out);
                    default -> out.println(commit(restoring, tree, state));
                }
            } catch (GitFailure e) {
                out.println(e.sentence().lines().findFirst().orElse(""));
            }
        }
    }

    private static void tell(List<LeftPath> left, PrintStream out) {
        left.forEach(path -> out.println(path.path() + ": " + path.why()));
    }

    /** What a restore of a checkpoint would leave alone. */
    private static List<LeftPath> preview(
            Restoring restoring, WorkTree tree, Path state, String id) {
        var checkpointId = new CheckpointId(id);
        Story story = Story.in(tree.root()).thread("thread", "p");
        story.engine()
                .accept(
                        new CreateCheckpoint(
                                checkpointId, Capturing.THREAD, null, "a test", Story.AT));
        TakenCheckpoint taken = restoring.capturing().take(tree.root(), id);
        story.engine()
                .accept(
                        new AssignCheckpointGitRef(
                                checkpointId, taken.ref(), taken.stats(), Story.AT));
        return new GitRestorePreviews(
                        restoring.capturing().repositories(),
                        restoring.capturing().checkpoints(),
                        new RestoreRecords(state),
                        state)
                .preview(story.engine().model(), checkpointId, new ChangeSelection.All())
                .left();
    }

    private static String commit(Restoring restoring, WorkTree tree, Path state)
            throws InterruptedException {
        var commits =
                new Commits(
                        restoring.capturing().repositories(),
                        restoring.capturing().checkpoints(),
                        new RestoreRecords(state),
                        new BegunOperations(state),
                        LIMIT);
        var request =
                new CommitRequest(
                        new OperationId("c"),
                        tree.root(),
                        "message",
                        new CommitScope.Everything(),
                        Instant.now());
        return commits.commit(request, new StopSign()).id();
    }
}
