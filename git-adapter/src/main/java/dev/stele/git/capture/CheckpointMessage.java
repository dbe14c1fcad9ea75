package dev.stele.git.capture;

import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.ThreadId;
import dev.stele.domain.model.CheckpointStats;
import dev.stele.domain.model.CheckpointStats.LeftPath;
import dev.stele.domain.model.CheckpointStats.Limits;
import dev.stele.domain.model.GitHead;
import dev.stele.git.disk.RawNames;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the commit of a checkpoint says about it, one line each: enough to report it again after a
 * crash, and to restore it without touching what it does not hold.
 *
 * @param description a line for people
 * @param threadId its thread
 * @param checkpointId its id
 * @param head where HEAD stood, or null where that is not known; an older one has no branch
 * @param files how many files and links it holds
 * @param bytes their size in bytes
 * @param left all paths that it does not hold, raw, with the reason
 * @param limits how much it could have held; null when an older one does not say
 */
record CheckpointMessage(
        String description,
        ThreadId threadId,
        CheckpointId checkpointId,
        @Nullable GitHead head,
        int files,
        long bytes,
        List<LeftPath> left,
        @Nullable Limits limits) {

    private static final String THREAD = "Stele-Thread: ";
    private static final String CHECKPOINT = "Stele-Checkpoint: ";
    private static final String HEAD = "Stele-Head: ";
    private static final String BRANCH = "Stele-Branch: ";
    private static final String FILES = "Stele-Files: ";
    private static final String BYTES = "Stele-Bytes: ";
    private static final String LIMITS = "Stele-Limits: ";
    private static final String LEFT = "Stele-Left-Out: ";

    /** How many left-out paths {@link #stats} lists. */
    private static final int LISTED = 1_000;

    /** The message of the commit. */
    String text() {
        var text = new StringBuilder(description.strip().replaceAll("\\R", " ")).append("\n\n");
        text.append(THREAD).append(threadId).append('\n');
        text.append(CHECKPOINT).append(checkpointId).append('\n');
        if (head != null && head.commit() != null) {
            text.append(HEAD).append(head.commit()).append('\n');
        }
        if (head != null && head.branch() != null) {
            text.append(BRANCH).append(head.branch()).append('\n');
        }
        text.append(FILES).append(files).append('\n');
        text.append(BYTES).append(bytes).append('\n');
        if (limits != null) {
            text.append(LIMITS).append(limits.untrackedFileBytes());
            text.append(' ').append(limits.files());
            text.append(' ').append(limits.bytes()).append('\n');
        }
        for (LeftPath path : left) {
            text.append(LEFT).append(RawNames.escaped(path.path())).append(' ');
            text.append(path.why()).append('\n');
        }
        return text.toString();
    }

    /**
     * Reads a message.
     *
     * @return what it says, or null when it is not that of a checkpoint
     */
    static @Nullable CheckpointMessage parse(String text) {
        String thread = field(text, THREAD);
        String checkpoint = field(text, CHECKPOINT);
        String files = field(text, FILES);
        String bytes = field(text, BYTES);
        if (thread == null || checkpoint == null || files == null || bytes == null) {
            return null;
        }
        return new CheckpointMessage(
                text.lines().findFirst().orElse(""),
                new ThreadId(thread),
                new CheckpointId(checkpoint),
                head(field(text, BRANCH), field(text, HEAD)),
                Integer.parseInt(files),
                Long.parseLong(bytes),
                left(text),
                limits(field(text, LIMITS)));
    }

    private static @Nullable GitHead head(@Nullable String branch, @Nullable String commit) {
        return branch == null && commit == null ? null : new GitHead(branch, commit);
    }

    private static @Nullable Limits limits(@Nullable String field) {
        if (field == null) {
            return null;
        }
        String[] parts = field.split(" ", -1);
        return new Limits(
                Long.parseLong(parts[0]), Integer.parseInt(parts[1]), Long.parseLong(parts[2]));
    }

    private static @Nullable String field(String text, String name) {
        return text.lines()
                .skip(1)
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()))
                .findFirst()
                .orElse(null);
    }

    private static List<LeftPath> left(String text) {
        List<LeftPath> left = new ArrayList<>();
        text.lines()
                .skip(1)
                .filter(line -> line.startsWith(LEFT))
                .map(line -> line.substring(LEFT.length()).split(" ", 2))
                .forEach(parts -> left.add(new LeftPath(RawNames.unescaped(parts[0]), parts[1])));
        return left;
    }

    /** The figures for the log. */
    CheckpointStats stats() {
        return new CheckpointStats(
                files,
                bytes,
                left.stream()
                        .limit(LISTED)
                        .map(path -> new LeftPath(RawNames.display(path.path()), path.why()))
                        .toList(),
                limits,
                head);
    }
}
