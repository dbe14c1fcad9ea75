package dev.stele.app.cli;

import dev.stele.app.Stele;
import dev.stele.domain.model.ChangeSelection;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OperationState;
import dev.stele.domain.model.Project;
import java.util.List;
import picocli.CommandLine.Option;

/** Commits what is not committed in a worktree, before something else is done with it. */
final class WorktreeCommit {

    @Option(
            names = {"-m", "--message"},
            paramLabel = "MESSAGE",
            description = {
                "Commits first what is not committed in the worktree, all of it, with this message;"
                        + " a second one is its next paragraph."
            })
    private List<String> paragraphs = List.of();

    /** Commits, when a message was given. Where that fails, whatever comes next tells why. */
    void run(Stele stele, Project worktree, Console console) throws InterruptedException {
        if (paragraphs.isEmpty()) {
            return;
        }
        ChatThread thread = WorktreeChoice.newestThread(stele.model(), worktree);
        if (thread == null) {
            throw new NotFoundException(
                    "There is no thread in this worktree whose work could be committed; commit in "
                            + SafeText.line(worktree.path(), 500)
                            + " with git.");
        }
        Operation.Commit commit =
                stele.commit(
                        thread.id(), String.join("\n\n", paragraphs), new ChangeSelection.All());
        switch (commit.state()) {
            case OperationState.Recorded(var hash, _) -> console.note("committed " + hash);
            case OperationState.Failed(var why, _) -> console.note(SafeText.of(why));
            case OperationState.Open _, OperationState.Restored _, OperationState.Cleaned _ -> {}
        }
    }
}
