package dev.stele.domain.tck;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ThreadId;
import dev.stele.domain.command.OrchestrationCommand.CreateCheckpoint;
import dev.stele.domain.command.OrchestrationCommand.RestoreCheckpoint;
import dev.stele.domain.model.ChangeSelection;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.CheckpointState;
import dev.stele.domain.model.CheckpointStats.LeftPath;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OperationState;
import dev.stele.domain.model.RestoreScope;
import dev.stele.domain.model.RestoreSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * How exact the checkpoints of every git adapter are: what they bring back is the same to the byte,
 * the execute bit and the link, and nothing else is touched, neither by taking nor by restoring.
 */
public abstract class CheckpointConformance extends ReactorConformance {
    private static final byte[] BYTES = {0, 13, 10, 13, -1, -2, 10, 26, 0};

    @SuppressWarnings("NullAway.Init") // filled before each test
    private GitFixture fixture;

    CheckpointConformance() {}

    /** {@return repositories, of their own for each test} */
    protected abstract GitFixture newGitFixture();

    @Override
    protected final ReactorFixture newFixture() {
        fixture = newGitFixture();
        return fixture;
    }

    final GitFixture fixture() {
        return fixture;
    }

    @Test
    void files_come_back_to_the_byte_with_execute_bits_and_links() throws IOException {
        start();
        Path directory = fixture.newDirectory();
        Path bytes = Files.write(directory.resolve("bytes.bin"), BYTES);
        Path script = Files.writeString(directory.resolve("script"), "#!/bin/sh\n");
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("no/where"));
        setExecutable(script, true);
        CheckpointId old = taken(directory);
        Files.writeString(bytes, "text");
        setExecutable(script, false);
        Files.delete(link);
        Files.writeString(link, "a file now");

        assertThat(restored(old).left()).isEmpty();
        assertThat(bytes).hasBinaryContent(BYTES);
        assertThat(Files.isExecutable(script)).as("the execute bit").isTrue();
        assertThat(link).isSymbolicLink();
        assertThat(Files.readSymbolicLink(link)).isEqualTo(Path.of("no/where"));
    }

    @Test
    void what_was_deleted_since_is_back_and_what_was_made_since_is_gone() throws IOException {
        start();
        Path directory = fixture.newDirectory();
        Path deleted = Files.createDirectories(directory.resolve("a/b")).resolve("deleted.txt");
        Files.writeString(deleted, "deleted");
        Path place = Files.writeString(directory.resolve("place"), "a file");
        CheckpointId old = taken(directory);
        Files.delete(deleted);
        Files.delete(deleted.resolveSibling(""));
        Files.delete(place);
        Files.createDirectory(place);
        Files.writeString(place.resolve("made.txt"), "made");
        Path made = Files.createDirectory(directory.resolve("made")).resolve("made.txt");
        Files.writeString(made, "made");

        assertThat(restored(old).left()).isEmpty();
        assertThat(deleted).hasContent("deleted");
        assertThat(place).hasContent("a file");
        assertThat(made).doesNotExist();
        assertThat(made.resolveSibling("")).doesNotExist();
    }

    @Test
    void no_link_is_followed() throws IOException {
        start();
        Path outside = Files.writeString(fixture.newDirectory().resolve("file"), "outside");
        Path directory = fixture.newDirectory();
        Path inside = Files.createDirectory(directory.resolve("inside")).resolve("file");
        Files.writeString(inside, "inside");
        Path plain = Files.writeString(directory.resolve("plain"), "plain");
        CheckpointId old = taken(directory);
        Files.delete(inside);
        Files.delete(directory.resolve("inside"));
        Files.createSymbolicLink(directory.resolve("inside"), outside.getParent());
        Files.delete(plain);
        Files.createSymbolicLink(plain, outside);

        assertThat(restored(old).left()).isEmpty();
        assertThat(inside).hasContent("inside");
        assertThat(Files.isRegularFile(plain, NOFOLLOW_LINKS)).isTrue();
        assertThat(outside).hasContent("outside");
    }

    @Test
    void ignored_files_stay_as_they_are_and_one_in_the_way_is_told() throws IOException {
        start();
        Path directory = fixture.newDirectory();
        Path rules = Files.writeString(directory.resolve(".gitignore"), "*.log\n");
        Path log = Files.writeString(directory.resolve("x.log"), "before");
        Path way = Files.writeString(directory.resolve("way"), "in the checkpoint");
        CheckpointId old = taken(directory);
        Files.writeString(log, "after");
        Path late = Files.writeString(directory.resolve("late.log"), "late");
        Files.writeString(rules, "*.log\nway\n");
        Files.delete(way);
        Files.createDirectory(way);
        Path own = Files.writeString(way.resolve("private"), "private");

        assertThat(restored(old).left()).extracting(LeftPath::path).containsExactly("way");
        assertThat(log).hasContent("after");
        assertThat(late).hasContent("late");
        assertThat(own).hasContent("private");
        assertThat(rules).hasContent("*.log");
    }

    @Test
    void neither_taking_nor_restoring_touches_what_is_gits() throws IOException {
        start();
        Path directory = fixture.newDirectory();
        Files.writeString(directory.resolve("untracked"), "untracked");
        String gits = gits(directory);
        CheckpointId old = taken(directory);

        assertThat(gits(directory)).as("after a checkpoint").isEqualTo(gits);
        Files.writeString(directory.resolve("untracked"), "changed");
        restored(old);
        assertThat(gits(directory)).as("after a restore").isEqualTo(gits);
    }

    @Test
    void a_restore_is_undone_to_the_byte() throws IOException {
        start();
        Path directory = fixture.newDirectory();
        Path kept = Files.writeString(directory.resolve("kept"), "old");
        Path deleted = Files.writeString(directory.resolve("deleted"), "old");
        CheckpointId old = taken(directory);
        Files.write(kept, BYTES);
        Files.delete(deleted);
        Path made = Files.writeString(directory.resolve("made"), "made");
        setExecutable(made, true);
        OperationId restore = restore(old, RestoreScope.FILES);
        assertThat(outcome(restore)).isInstanceOf(OperationState.Restored.class);
        assertThat(made).doesNotExist();

        assertThat(restored(CheckpointId.safety(restore)).left()).isEmpty();
        assertThat(kept).hasBinaryContent(BYTES);
        assertThat(deleted).doesNotExist();
        assertThat(made).hasContent("made");
        assertThat(Files.isExecutable(made)).as("the execute bit").isTrue();
    }

    @Test
    void what_did_not_change_keeps_its_times() throws IOException {
        start();
        Path directory = fixture.newDirectory();
        Path same = Files.writeString(directory.resolve("same"), "same");
        Path changed = Files.writeString(directory.resolve("changed"), "old");
        CheckpointId old = taken(directory);
        Files.writeString(changed, "new");
        String times = times(same);
        restored(old);

        assertThat(changed).hasContent("old");
        assertThat(times(same)).isEqualTo(times);
    }

    private static String times(Path file) throws IOException {
        return Files.readAttributes(file, "unix:ino,lastModifiedTime,ctime").toString();
    }

    /** HEAD and the index, which lie in the git directory of every repository. */
    private static String gits(Path directory) throws IOException {
        Path git = directory.resolve(".git");
        return Files.readString(git.resolve("HEAD"), UTF_8)
                + times(git.resolve("index"))
                + HexFormat.of().formatHex(Files.readAllBytes(git.resolve("index")));
    }

    private static void setExecutable(Path file, boolean executable) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (executable) {
            permissions.add(PosixFilePermission.OWNER_EXECUTE);
        } else {
            permissions.remove(PosixFilePermission.OWNER_EXECUTE);
        }
        Files.setPosixFilePermissions(file, permissions);
    }

    /** A checkpoint of a directory, taken. */
    private CheckpointId taken(Path directory) {
        CheckpointId id = checkpoint(newThread(newProject(directory)));
        ready(id);
        return id;
    }

    /** What bringing back a checkpoint's files came to. */
    private RestoreSummary restored(CheckpointId checkpoint) {
        OperationState outcome = outcome(restore(checkpoint, RestoreScope.FILES));
        assertThat(outcome).isInstanceOf(OperationState.Restored.class);
        return ((OperationState.Restored) outcome).summary();
    }

    final ThreadId newThread(ProjectId project) {
        return newThread(project, "nobody");
    }

    final CheckpointId checkpoint(ThreadId thread) {
        var id = new CheckpointId(newId("checkpoint"));
        send(new CreateCheckpoint(id, thread, null, "by the kit", now()));
        return id;
    }

    final OperationId restore(CheckpointId checkpoint, RestoreScope scope) {
        var id = new OperationId(newId("restore"));
        send(new RestoreCheckpoint(id, checkpoint, scope, now()));
        return id;
    }

    final OperationId restore(CheckpointId checkpoint, ChangeSelection selection) {
        var id = new OperationId(newId("restore"));
        send(new RestoreCheckpoint(id, checkpoint, RestoreScope.FILES, selection, now()));
        return id;
    }

    final CheckpointState state(CheckpointId id) {
        Checkpoint checkpoint = model().checkpoint(id);
        return checkpoint == null ? new CheckpointState.Pending() : checkpoint.state();
    }

    /** The ref of a checkpoint, once it is taken. */
    final String ready(CheckpointId id) {
        await("the checkpoint " + id, _ -> !state(id).equals(new CheckpointState.Pending()));
        assertThat(state(id)).as("%s", id).isInstanceOf(CheckpointState.Ready.class);
        return ((CheckpointState.Ready) state(id)).gitRef();
    }

    final Operation operation(OperationId id) {
        return Objects.requireNonNull(model().operation(id));
    }

    final OperationState outcome(OperationId id) {
        await("the outcome of " + id, _ -> !operation(id).isOpen());
        return operation(id).state();
    }
}
