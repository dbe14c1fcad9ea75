package dev.stele.app.cli;

import dev.stele.domain.model.CheckpointStats.LeftPath;
import dev.stele.domain.model.GitHead;
import dev.stele.domain.model.RestoreSummary;
import dev.stele.domain.port.TreeDiff;
import dev.stele.domain.port.TreeDiff.FileDiff;
import dev.stele.domain.port.TreeDiff.Origin;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How what happened to files is called on the screen, the same in every command. */
final class FilePhrases {

    private static final int TITLE = 100;
    private static final int PATH = 500;
    private static final int LEFT = 20;
    private static final int SHORT_COMMIT = 10;

    private FilePhrases() {}

    /** A line for each path that is in the way, up to a handful. */
    static List<String> inTheWay(List<String> paths) {
        List<String> lines = new ArrayList<>();
        paths.stream().limit(LEFT).forEach(path -> lines.add("  " + SafeText.line(path, PATH)));
        if (paths.size() > LEFT) {
            lines.add("  … and " + (paths.size() - LEFT) + " more");
        }
        return lines;
    }

    /** A changed file's path, after the letter that git gives to what happened. */
    static String change(FileDiff file, Console console) {
        return switch (file.kind()) {
                    case ADDED -> console.styled(Style.GREEN, "A ");
                    case MODIFIED -> console.styled(Style.YELLOW, "M ");
                    case DELETED -> console.styled(Style.RED, "D ");
                    case RENAMED -> console.styled(Style.CYAN, "R ");
                }
                + path(file);
    }

    /** Where HEAD was before, and where it is, or nothing when it stayed. */
    static List<String> headMove(TreeDiff.@Nullable HeadMove move, Console console) {
        return move == null
                ? List.of()
                : List.of(
                        console.styled(
                                Style.YELLOW,
                                "HEAD moved from "
                                        + head(move.from())
                                        + " to "
                                        + head(move.to())
                                        + "."));
    }

    /** A branch and its commit, as git calls them. */
    static String head(GitHead head) {
        String commit =
                head.commit() == null ? "no commit" : head.commit().substring(0, SHORT_COMMIT);
        return head.branch() == null || head.branch().equals(GitHead.NO_BRANCH)
                ? commit
                : SafeText.line(head.branch().replaceFirst("^refs/heads/", ""), TITLE)
                        + " ("
                        + commit
                        + ")";
    }

    /** What is to be said of files that a turn's agent did not change alone. */
    static List<String> origins(TreeDiff diff, Console console) {
        List<String> lines = new ArrayList<>(headMove(diff.headMove(), console));
        for (Origin origin : Origin.values()) {
            String what =
                    switch (origin) {
                        case AGENT -> "";
                        case AGENT_AND_MORE ->
                                "The agent changed these, and they have lines that it did not tell"
                                        + " of; a command of its, or somebody else, may have added"
                                        + " them:";
                        case HEAD ->
                                "These were before as the old commit has them, and are as the new"
                                        + " one has them: they came with it, or were committed:";
                        case UNCLEAR ->
                                "The agent told nothing of these; a command that it ran, or"
                                        + " somebody else, has changed them:";
                        case OTHERS ->
                                "The agent told nothing of these and ran no command: somebody else"
                                        + " has most likely changed them:";
                    };
            List<FileDiff> files =
                    diff.files().stream().filter(file -> file.origin() == origin).toList();
            if (!what.isEmpty() && !files.isEmpty()) {
                lines.add(console.styled(Style.YELLOW, what));
                files.stream().limit(LEFT).forEach(file -> lines.add("  " + path(file)));
                if (files.size() > LEFT) {
                    lines.add("  … and " + (files.size() - LEFT) + " more");
                }
            }
        }
        return lines;
    }

    static String path(FileDiff file) {
        String path = SafeText.line(file.path(), PATH);
        return file.oldPath() == null ? path : SafeText.line(file.oldPath(), PATH) + " → " + path;
    }

    /** A line for each path that was left alone, up to a handful. */
    static List<String> left(List<LeftPath> left, Console console) {
        List<String> lines = new ArrayList<>();
        left.stream()
                .limit(LEFT)
                .map(path ->
                        console.styled(Style.YELLOW, "  left alone ")
                                + SafeText.line(path.path(), PATH)
                                + ": "
                                + SafeText.line(path.why(), PATH))
                .forEach(lines::add);
        if (left.size() > LEFT) {
            lines.add("  … and " + (left.size() - LEFT) + " more");
        }
        return lines;
    }

    static String restored(RestoreSummary summary) {
        if (summary.written() + summary.deleted() + summary.left().size() == 0) {
            return "the files were like that already";
        }
        String left = summary.left().isEmpty() ? "" : ", " + summary.left().size() + " left alone";
        List<String> merged = summary.merged();
        return Phrases.count(summary.written(), "file")
                + " written, "
                + (merged == null ? "" : "of them " + merged.size() + " merged, ")
                + summary.deleted()
                + " deleted"
                + left;
    }
}
