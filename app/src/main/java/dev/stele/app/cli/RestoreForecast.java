package dev.stele.app.cli;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.ThreadId;
import dev.stele.domain.model.ChangeSelection;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.Checkpoint;
import dev.stele.domain.model.CheckpointStats.LeftPath;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.RestoreScope;
import dev.stele.domain.port.RestorePreview;
import dev.stele.domain.port.RestorePreview.OthersChange;
import dev.stele.domain.port.RestorePreview.PlannedPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Tells what a restore would do: to which files, what it would leave, and who else was at work. */
final class RestoreForecast {

    private static final int SHOWN = 200;

    private final Console console;

    RestoreForecast(Console console) {
        this.console = console;
    }

    /** All of it. */
    void tell(RestorePreview preview, RestoreScope scope, OrchestrationReadModel model) {
        boolean moves = scope.includesConversation() && conversation(preview.checkpointId(), model);
        files(preview);
        String nothingDone = " Nothing was done: leave out --dry-run to do it.";
        if (!preview.paths().isEmpty()) {
            String paths = Phrases.count(preview.paths().size(), "path");
            console.note(paths + " would be changed." + nothingDone);
        } else if (moves) {
            console.note("No file would be changed." + nothingDone);
        } else {
            console.note("Nothing would be changed.");
        }
    }

    /** Tells whether the conversation would go on elsewhere than now. */
    private boolean conversation(CheckpointId id, OrchestrationReadModel model) {
        Checkpoint checkpoint = model.checkpoint(id);
        ChatThread thread = checkpoint == null ? null : model.thread(checkpoint.threadId());
        if (checkpoint == null
                || thread == null
                || Objects.equals(thread.conversation(), checkpoint.place())) {
            return false;
        }
        console.line(
                checkpoint.place() == null
                        ? "  the conversation would begin anew"
                        : "  the conversation would go on after the turn " + checkpoint.place());
        return true;
    }

    private void files(RestorePreview preview) {
        others(preview);
        preview.paths().stream().limit(SHOWN).forEach(path -> console.line(line(path)));
        more(preview.paths().size());
        FilePhrases.left(preview.left(), console).forEach(console::line);
        for (LeftPath path : preview.ignored().stream().limit(SHOWN).toList()) {
            console.line("  stays      " + shown(path.path()) + ": " + path.why());
        }
        more(preview.ignored().size());
    }

    private void more(int number) {
        if (number > SHOWN) {
            console.line("  … and " + (number - SHOWN) + " more");
        }
    }

    private String line(PlannedPath path) {
        return switch (path.action()) {
                    case CREATE -> console.styled(Style.GREEN, "  create     ");
                    case OVERWRITE -> console.styled(Style.YELLOW, "  overwrite  ");
                    case MERGE -> console.styled(Style.CYAN, "  merge      ");
                    case DELETE -> console.styled(Style.RED, "  delete     ");
                }
                + shown(path.path());
    }

    /** Who else has changed something, and what that means for the restore. */
    void others(RestorePreview preview) {
        if (preview.others().isEmpty()) {
            return;
        }
        console.note(
                "Since this checkpoint others have changed "
                        + Phrases.count(preview.others().size(), "file")
                        + " ("
                        + who(preview.others())
                        + ").");
        console.note(
                switch (preview.selection()) {
                    case ChangeSelection.Own() ->
                            "Only what this thread has changed is taken back; --all takes back"
                                    + " everything.";
                    case ChangeSelection.All() ->
                            "That is taken back, too; --own takes back only what this thread has"
                                    + " changed.";
                    case ChangeSelection.Paths _ ->
                            "The named files are brought back, whoever changed them.";
                });
    }

    private static String who(List<OthersChange> others) {
        Set<String> threads = new TreeSet<>();
        others.forEach(
                change -> change.threads().stream().map(ThreadId::value).forEach(threads::add));
        List<String> names =
                threads.stream()
                        .map(id -> "thread " + id)
                        .collect(Collectors.toCollection(ArrayList::new));
        if (others.stream().anyMatch(OthersChange::outside)) {
            names.add("you, or another program");
        }
        return String.join("; ", names);
    }

    private static String shown(String path) {
        return SafeText.line(path, 500);
    }
}
