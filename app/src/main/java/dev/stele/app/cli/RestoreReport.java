package dev.stele.app.cli;

import dev.stele.app.Stele;
import dev.stele.contracts.TurnId;
import dev.stele.domain.model.ChangeSelection;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.CheckpointStats.LeftPath;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OperationState;
import dev.stele.domain.model.Project;
import dev.stele.domain.model.RestoreSummary;
import dev.stele.domain.port.TreeDiff.FileDiff;
import dev.stele.domain.port.TreeDiff.Kind;
import dev.stele.domain.port.TreeDiffException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells what a restore did: to which files, what it left alone and why, and the conversation. */
final class RestoreReport {

    private static final int SHOWN = 20;

    private final Stele stele;
    private final Console console;

    RestoreReport(Stele stele, Console console) {
        this.stele = stele;
        this.console = console;
    }

    /**
     * Tells it, and how to take it back.
     *
     * @param what the first words
     * @param done a restore that has ended well
     */
    void tell(String what, Operation.Restore done) {
        whatWasDone(what, done);
        Project here = Lookup.project(stele.model(), Path.of("."));
        ChatThread thread = stele.model().thread(done.threadId());
        boolean isHere = here != null && thread != null && here.id().equals(thread.projectId());
        console.note("To take this back: stele undo" + (isHere ? "" : " " + done.threadId()));
    }

    /** The same without how to take it back. */
    void whatWasDone(String what, Operation.Restore done) {
        if (done.state() instanceof OperationState.Restored(var summary, _)) {
            console.line(
                    done.scope().includesFiles()
                            ? what + ": " + FilePhrases.restored(summary)
                            : what);
            if (done.scope().includesFiles()) {
                files(done, summary);
            }
            if (done.scope().includesConversation()) {
                conversation(done);
            }
        }
    }

    private void files(Operation.Restore done, RestoreSummary summary) {
        if (summary.written() + summary.deleted() > 0) {
            List<FileDiff> changed = changed(done, summary);
            changed.stream()
                    .limit(SHOWN)
                    .forEach(file -> console.line("  " + FilePhrases.change(file, console)));
            more(changed.size());
        }
        FilePhrases.left(summary.left(), console).forEach(console::line);
    }

    private void more(int number) {
        if (number > SHOWN) {
            console.line("  … and " + (number - SHOWN) + " more");
        }
    }

    /** The names are more than the result needs: without them the numbers stand alone. */
    private List<FileDiff> changed(Operation.Restore done, RestoreSummary summary) {
        Set<String> left = summary.left().stream().map(LeftPath::path).collect(Collectors.toSet());
        try {
            return stele
                    .changes()
                    .between(done.safetyCheckpointId(), done.checkpointId())
                    .files()
                    .stream()
                    .flatMap(RestoreReport::withoutRename)
                    .filter(file -> isAsked(file.path(), done.selection()))
                    .filter(file -> !left.contains(file.path()))
                    .toList();
        } catch (TreeDiffException e) {
            return List.of();
        }
    }

    /** One file is deleted and another one made; that they are alike is of no importance here. */
    private static Stream<FileDiff> withoutRename(FileDiff file) {
        return file.oldPath() == null
                ? Stream.of(file)
                : Stream.of(
                        of(Kind.DELETED, file.oldPath(), file), of(Kind.ADDED, file.path(), file));
    }

    private static FileDiff of(Kind kind, String path, FileDiff like) {
        return new FileDiff(
                kind, path, null, like.oldMode(), like.newMode(), like.binary(), 0, 0, "");
    }

    private static boolean isAsked(String path, ChangeSelection selection) {
        return !(selection instanceof ChangeSelection.Paths(var names))
                || names.stream().anyMatch(name -> (path + "/").startsWith(name + "/"));
    }

    private void conversation(Operation.Restore done) {
        ChatThread thread = stele.model().thread(done.threadId());
        TurnId newest = thread == null ? null : thread.conversation();
        console.line(
                newest == null
                        ? "  the conversation begins anew"
                        : "  the conversation goes on after the turn " + newest);
    }
}
