package dev.stele.git.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.ThreadId;
import dev.stele.git.capture.CaptureLimits;
import dev.stele.git.capture.CheckpointRequest;
import dev.stele.git.capture.Checkpoints;
import dev.stele.git.capture.StopSign;
import dev.stele.git.capture.TakenCheckpoint;
import dev.stele.git.disk.DirectoryReader;
import dev.stele.git.repository.Repositories;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/** Takes checkpoints in tests, each under a new id, and checks that nothing else was touched. */
public final class Capturing {

    public static final ThreadId THREAD = new ThreadId("thread");
    public static final CaptureLimits LIMITS = new CaptureLimits(100L << 20, 1_000_000, 1L << 40);

    /** No directory, so that nothing is kept beyond a test. */
    private static final Path NOWHERE = Path.of("/proc/nowhere");

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    private final Repositories repositories;
    private final Checkpoints checkpoints;
    private int taken;

    public Capturing() {
        this(LIMITS);
    }

    public Capturing(CaptureLimits limits) {
        this(new Repositories(NOWHERE), limits);
    }

    /** Takes checkpoints also of directories that are in no repository. */
    public Capturing(Repositories repositories) {
        this(repositories, LIMITS);
    }

    /** Keeps what it knows for others with the same directory. */
    public static Capturing keeping(Path snapshots) {
        return new Capturing(
                new Repositories(NOWHERE), LIMITS, snapshots, DirectoryReader.fastest(), false);
    }

    /** Watches what it has captured. */
    public static Capturing watching() {
        return new Capturing(
                new Repositories(NOWHERE), LIMITS, NOWHERE, DirectoryReader.fastest(), true);
    }

    /** Reads directories in a certain way. */
    public static Capturing by(DirectoryReader reader) {
        return new Capturing(new Repositories(NOWHERE), LIMITS, NOWHERE, reader, false);
    }

    private Capturing(Repositories repositories, CaptureLimits limits) {
        this(repositories, limits, NOWHERE, DirectoryReader.fastest(), false);
    }

    private Capturing(
            Repositories repositories,
            CaptureLimits limits,
            Path snapshots,
            DirectoryReader reader,
            boolean watch) {
        this.repositories = repositories;
        this.checkpoints =
                new Checkpoints(
                        repositories, limits, snapshots, InstantSource.system(), reader, watch);
    }

    public Repositories repositories() {
        return repositories;
    }

    public Checkpoints checkpoints() {
        return checkpoints;
    }

    /** Takes a checkpoint of a directory, with nothing checked. */
    public TakenCheckpoint take(Path directory) {
        return take(directory, "c" + taken++);
    }

    /** Takes a checkpoint of a directory under an id. */
    public TakenCheckpoint take(Path directory, String id) {
        return checkpoints.take(request(directory, id), new StopSign());
    }

    /** Takes a checkpoint for which everything is looked at, whatever is watched. */
    public TakenCheckpoint takeWhole(Path directory) {
        CheckpointRequest asked = request(directory, "c" + taken++);
        return checkpoints.take(
                new CheckpointRequest(
                        directory,
                        asked.threadId(),
                        asked.checkpointId(),
                        asked.description(),
                        asked.at(),
                        true),
                new StopSign());
    }

    /** What asks for a checkpoint. */
    public static CheckpointRequest request(Path directory, String id) {
        return new CheckpointRequest(directory, THREAD, new CheckpointId(id), "a test", AT);
    }

    /** Takes a checkpoint of a whole working tree that must leave everything else as it was. */
    public TakenCheckpoint takeUntouched(WorkTree tree) {
        Map<String, String> before = tree.untouchables();
        TakenCheckpoint checkpoint = take(tree.root());
        assertThat(tree.untouchables()).isEqualTo(before);
        return checkpoint;
    }

    /**
     * Takes a checkpoint that must hold what native git lists, leave everything else as it was, and
     * be sound.
     */
    public TakenCheckpoint takeExactly(WorkTree tree) {
        TakenCheckpoint checkpoint = takeUntouched(tree);
        assertThat(tree.held(checkpoint.ref())).isEqualTo(tree.expected());
        assertThat(checkpoint.stats().files()).isEqualTo(tree.expected().size());
        tree.assertSound();
        return checkpoint;
    }
}
