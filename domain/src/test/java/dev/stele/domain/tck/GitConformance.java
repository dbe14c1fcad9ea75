package dev.stele.domain.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.StopReason;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.CommitChanges;
import dev.stele.domain.command.OrchestrationCommand.CreateBranch;
import dev.stele.domain.command.OrchestrationCommand.DeleteThread;
import dev.stele.domain.command.OrchestrationCommand.IngestProviderEvent;
import dev.stele.domain.command.OrchestrationCommand.InterruptTurn;
import dev.stele.domain.command.OrchestrationCommand.PushBranch;
import dev.stele.domain.command.OrchestrationCommand.Report.AssignCheckpointGitRef;
import dev.stele.domain.command.OrchestrationCommand.Report.FailCheckpoint;
import dev.stele.domain.event.OrchestrationEvent.OperationEvent.ChangesCommitted;
import dev.stele.domain.model.ChangeSelection;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.CheckpointState;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OperationState;
import dev.stele.domain.model.RestoreScope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * What the reactors of every git adapter have to do: keep the tree around each turn, bring it back
 * exactly, and commit, branch and push when asked. An adapter proves itself with a subclass that
 * returns a fixture().
 *
 * <ul>
 *   <li>It asks for the checkpoint before a turn as soon as there is the turn, and for the one
 *       after it when the turn is no longer live and the one before is settled.
 *   <li>It takes a checkpoint that is pending when its ticket is ready in the lanes, and says that
 *       it is there or why it cannot be.
 *   <li>It restores after the safety checkpoint, and commits, when their tickets are ready; it
 *       makes branches and pushes at once. Each is answered once, also when the process dies in
 *       between.
 *   <li>It deletes the checkpoints of a deleted thread, and answers the clean-up that the model
 *       then holds.
 *   <li>It sends again what the log could not take.
 * </ul>
 */
public abstract class GitConformance extends CheckpointConformance {
    private static final String FILE = "kit.txt";

    /** For subclasses. */
    protected GitConformance() {}

    /** The commonest work of git is a checkpoint. */
    @Override
    protected final Work ask() {
        CheckpointId id = checkpoint(newThread(newProject()));
        return new Work(
                "the checkpoint " + id,
                model -> !Objects.requireNonNull(model.checkpoint(id)).isPending(),
                command -> reports(command, id));
    }

    private static boolean reports(OrchestrationCommand command, CheckpointId id) {
        return switch (command) {
            case AssignCheckpointGitRef ready -> ready.checkpointId().equals(id);
            case FailCheckpoint failed -> failed.checkpointId().equals(id);
            default -> false;
        };
    }

    @Test
    void a_turn_has_a_checkpoint_before_it_and_one_after_it() {
        start();
        ThreadId thread = newThread(newProject());
        TurnId turnId = prompt(thread);
        String before = ready(CheckpointId.before(turnId));
        assertThat(model().checkpoint(CheckpointId.after(turnId))).isNull();
        complete(thread, turnId);

        assertThat(ready(CheckpointId.after(turnId))).isNotEqualTo(before);
        assertThat(model().lanes().open()).isEmpty();
    }

    @Test
    void checkpoints_of_turns_that_a_dead_process_left_are_taken_after_the_start() {
        ThreadId thread = newThread(newProject());
        TurnId turnId = prompt(thread);
        complete(thread, turnId);
        start();

        ready(CheckpointId.before(turnId));
        ready(CheckpointId.after(turnId));
    }

    @Test
    void the_next_turn_of_a_directory_waits_until_the_checkpoint_after_the_one_before() {
        start();
        ProjectId project = newProject();
        ThreadId one = newThread(project);
        ThreadId two = newThread(project);
        TurnId first = prompt(one);
        TurnId second = prompt(two);
        ready(CheckpointId.before(first));
        drain();
        Checkpoint waiting = model().checkpoint(CheckpointId.before(second));
        assertThat(waiting == null || waiting.isPending()).as("it waits").isTrue();
        complete(one, first);

        ready(CheckpointId.before(second));
    }

    @Test
    void a_tree_that_cannot_be_kept_is_told_with_a_reason() throws IOException {
        start();
        Path directory = fixture().newDirectory();
        ThreadId thread = newThread(newProject(directory.resolve("there/is/no/such/directory")));
        CheckpointId id = checkpoint(thread);
        await("the checkpoint", _ -> !state(id).equals(new CheckpointState.Pending()));

        assertThat(state(id))
                .isInstanceOfSatisfying(
                        CheckpointState.Failed.class,
                        failed -> assertThat(failed.why()).isNotBlank());
    }

    @Test
    void files_are_brought_back_and_that_can_be_undone() {
        start();
        Path directory = fixture().newDirectory();
        ThreadId thread = newThread(newProject(directory));
        write(directory, "old");
        CheckpointId old = checkpoint(thread);
        ready(old);
        write(directory, "new");
        OperationId restore = restore(old, RestoreScope.FILES);
        assertThat(outcome(restore)).isInstanceOf(OperationState.Restored.class);
        assertThat(read(directory)).isEqualTo("old");
        CheckpointId safety = CheckpointId.safety(restore);
        ready(safety);
        OperationId undo = restore(safety, RestoreScope.FILES);

        assertThat(outcome(undo)).isInstanceOf(OperationState.Restored.class);
        assertThat(read(directory)).isEqualTo("new");
    }

    @Test
    void a_thread_takes_back_its_own_changes_and_leaves_those_of_others() throws IOException {
        start();
        Path directory = fixture().newDirectory();
        ThreadId thread = newThread(newProject(directory));
        write(directory, "old");
        TurnId turnId = prompt(thread);
        ready(CheckpointId.before(turnId));
        write(directory, "by the agent");
        complete(thread, turnId);
        ready(CheckpointId.after(turnId));
        Path other = Files.writeString(directory.resolve("other.txt"), "by a person");
        OperationId own = restore(CheckpointId.before(turnId), new ChangeSelection.Own());

        assertThat(outcome(own)).isInstanceOf(OperationState.Restored.class);
        assertThat(read(directory)).isEqualTo("old");
        assertThat(other).hasContent("by a person");
        OperationId all = restore(CheckpointId.before(turnId), new ChangeSelection.All());
        assertThat(outcome(all)).isInstanceOf(OperationState.Restored.class);
        assertThat(other).doesNotExist();
    }

    @Test
    void of_named_paths_alone_a_checkpoint_is_brought_back() throws IOException {
        start();
        Path directory = fixture().newDirectory();
        ThreadId thread = newThread(newProject(directory));
        write(directory, "old");
        CheckpointId old = checkpoint(thread);
        ready(old);
        write(directory, "new");
        Path other = Files.writeString(directory.resolve("other.txt"), "new");
        OperationId named = restore(old, new ChangeSelection.Paths(List.of(FILE)));

        assertThat(outcome(named)).isInstanceOf(OperationState.Restored.class);
        assertThat(read(directory)).isEqualTo("old");
        assertThat(other).hasContent("new");
    }

    @Test
    void restoring_a_conversation_touches_no_file() {
        start();
        Path directory = fixture().newDirectory();
        ThreadId thread = newThread(newProject(directory));
        CheckpointId old = checkpoint(thread);
        ready(old);
        write(directory, "new");

        assertThat(outcome(restore(old, RestoreScope.CONVERSATION)))
                .isInstanceOf(OperationState.Restored.class);
        assertThat(read(directory)).isEqualTo("new");
    }

    @Test
    void changes_are_committed_once_and_nothing_is_no_commit() {
        start();
        Path directory = fixture().newDirectory();
        ThreadId thread = newThread(newProject(directory));
        write(directory, "new");

        assertThat(recorded(commit(thread))).isNotBlank();
        assertThat(why(commit(thread))).isNotBlank();
        assertThat(engine().facts()).filteredOn(ChangesCommitted.class::isInstance).hasSize(1);
    }

    @Test
    void a_commit_of_a_threads_own_changes_leaves_those_of_others() throws IOException {
        start();
        Path directory = fixture().newDirectory();
        ThreadId thread = newThread(newProject(directory));
        TurnId turnId = prompt(thread);
        ready(CheckpointId.before(turnId));
        write(directory, "by the agent");
        complete(thread, turnId);
        ready(CheckpointId.after(turnId));
        Files.writeString(directory.resolve("other.txt"), "by a person");

        assertThat(recorded(commit(thread, new ChangeSelection.Own()))).isNotBlank();
        assertThat(why(commit(thread, new ChangeSelection.Own()))).isNotBlank();
        assertThat(recorded(commit(thread))).isNotBlank();
    }

    @Test
    void a_commit_that_could_not_be_reported_is_not_made_again() {
        start();
        Path directory = fixture().newDirectory();
        ThreadId thread = newThread(newProject(directory));
        write(directory, "new");
        engine().setOut(true);
        OperationId commit = commit(thread);
        await("a report", now -> now.refusals() > 0);
        stop();
        engine().setOut(false);
        write(directory, "newer");
        start();
        String first = recorded(commit);

        assertThat(recorded(commit(thread))).isNotEqualTo(first);
    }

    @Test
    void a_commit_waits_for_the_agent_of_an_interrupted_turn() {
        start();
        Path directory = fixture().newDirectory();
        ThreadId thread = newThread(newProject(directory));
        TurnId turnId = prompt(thread);
        ready(CheckpointId.before(turnId));
        send(new InterruptTurn(thread, now()));
        OperationId commit = commit(thread);
        drain();
        assertThat(operation(commit).isOpen()).as("it waits").isTrue();
        write(directory, "last words");
        complete(thread, turnId);

        assertThat(recorded(commit)).isNotBlank();
    }

    @Test
    void a_branch_is_made_and_a_second_of_its_name_is_not() {
        start();
        ProjectId project = newProject();

        assertThat(recorded(branch(project, "topic"))).isNotBlank();
        assertThat(why(branch(project, "topic"))).isNotBlank();
    }

    @Test
    void a_branch_is_pushed_and_to_an_unknown_remote_it_is_not() {
        start();
        ProjectId project = newProject();
        recorded(branch(project, "topic"));

        assertThat(recorded(push(project, fixture().remote()))).isNotBlank();
        assertThat(why(push(project, "nowhere"))).isNotBlank();
    }

    @Test
    void operations_that_nobody_did_are_found_at_the_start() {
        Path directory = fixture().newDirectory();
        ProjectId project = newProject(directory);
        ThreadId thread = newThread(project);
        write(directory, "new");
        OperationId commit = commit(thread);
        OperationId branch = branch(project, "topic");
        start();

        assertThat(recorded(commit)).isNotBlank();
        assertThat(recorded(branch)).isNotBlank();
    }

    @Test
    void a_deleted_threads_checkpoints_are_cleaned_up() {
        start();
        ThreadId thread = newThread(newProject());
        ready(checkpoint(thread));
        send(new DeleteThread(thread, now()));

        await("the clean-up", _ -> cleanedUp() == 1);
    }

    @Test
    void a_clean_up_that_nobody_did_is_found_at_the_start() {
        send(new DeleteThread(newThread(newProject()), now()));
        assertThat(cleanedUp()).isZero();
        start();

        await("the clean-up", _ -> cleanedUp() == 1);
    }

    private int cleanedUp() {
        return model().operations()
                .values()
                .count(operation ->
                        operation instanceof Operation.Cleanup cleanup
                                && cleanup.subject() == Operation.Cleanup.Subject.REFS
                                && cleanup.state() instanceof OperationState.Cleaned);
    }

    private OperationId commit(ThreadId thread) {
        return commit(thread, new ChangeSelection.All());
    }

    private OperationId commit(ThreadId thread, ChangeSelection selection) {
        var id = new OperationId(newId("commit"));
        send(new CommitChanges(id, thread, "By the kit", selection, now()));
        return id;
    }

    private OperationId branch(ProjectId project, String name) {
        var id = new OperationId(newId("branch"));
        send(new CreateBranch(id, project, name, null, now()));
        return id;
    }

    private OperationId push(ProjectId project, String remote) {
        var id = new OperationId(newId("push"));
        send(new PushBranch(id, project, "topic", remote, null, now()));
        return id;
    }

    private void complete(ThreadId thread, TurnId turnId) {
        var end = new ProviderEvent.TurnComplete(StopReason.END_TURN, null, null, null);
        send(new IngestProviderEvent(thread, turnId, 0, end, now()));
    }

    /** What a successful operation made. */
    private String recorded(OperationId id) {
        OperationState outcome = outcome(id);
        assertThat(outcome).as("%s", id).isInstanceOf(OperationState.Recorded.class);
        return ((OperationState.Recorded) outcome).gitRef();
    }

    /** Why an operation failed. */
    private String why(OperationId id) {
        OperationState outcome = outcome(id);
        assertThat(outcome).as("%s", id).isInstanceOf(OperationState.Failed.class);
        return ((OperationState.Failed) outcome).why();
    }

    private static void write(Path directory, String text) {
        try {
            Files.writeString(directory.resolve(FILE), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path directory) {
        try {
            return Files.readString(directory.resolve(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
