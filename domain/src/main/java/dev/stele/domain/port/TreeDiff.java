package dev.stele.domain.port;

import dev.stele.domain.model.GitHead;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How two states of a working tree differ.
 *
 * @param files the files that differ, ordered by path
 * @param headMove where HEAD stood in both states; null when it stood at the same commit of the
 *     same branch, or that is not known
 */
public record TreeDiff(List<FileDiff> files, @Nullable HeadMove headMove) {

    /** Makes the list immutable. */
    public TreeDiff {
        files = List.copyOf(files);
    }

    /**
     * How two states differ, with HEAD where it was.
     *
     * @param files the files that differ, ordered by path
     */
    public TreeDiff(List<FileDiff> files) {
        this(files, null);
    }

    /**
     * HEAD stood elsewhere: somebody committed, or switched, reset or rebased a branch.
     *
     * @param from where it stood in the earlier state
     * @param to where it stood in the later state
     */
    public record HeadMove(GitHead from, GitHead to) {}

    /** {@return how many lines came, in all text files together} */
    public long added() {
        return files.stream().mapToLong(FileDiff::added).sum();
    }

    /** {@return how many lines went, in all text files together} */
    public long removed() {
        return files.stream().mapToLong(FileDiff::removed).sum();
    }

    /** {@return all of it as unified text that {@code git apply} takes, but for binary files} */
    public String patch() {
        var text = new StringBuilder();
        files.forEach(file -> text.append(file.patch()));
        return text.toString();
    }

    /** What happened to a file. */
    public enum Kind {
        /** It was not there before. */
        ADDED,
        /** It has another content or mode. */
        MODIFIED,
        /** It is gone. */
        DELETED,
        /** It has another name, and perhaps another content. */
        RENAMED
    }

    /** Who changed a file, as far as that can be told. */
    public enum Origin {
        /** The turn's agent told of it. */
        AGENT,
        /** The agent told of a change, and lines came that are in nothing that it told. */
        AGENT_AND_MORE,
        /**
         * HEAD moved, and the file was before as the old commit has it, and after as the new one
         * has it: it came with the move, or was committed; a turn's agent told nothing of it.
         */
        HEAD,
        /** The agent told nothing of it, but ran what may have done it; or somebody else did. */
        UNCLEAR,
        /** The agent told nothing of it, and ran nothing that may have: most likely others. */
        OTHERS
    }

    /**
     * How one file differs.
     *
     * @param kind what happened
     * @param path its path in the later state, or the earlier one when it is gone; relative to the
     *     project, with slashes
     * @param oldPath its path before it was renamed, else null
     * @param oldMode git's mode in the earlier state, such as {@code 100644}; null when it was not
     *     there
     * @param newMode git's mode in the later state; null when it is gone
     * @param binary whether what differs is no text in UTF-8, or the file too large to be compared
     *     by lines
     * @param added how many lines came; 0 for a binary file
     * @param removed how many lines went; 0 for a binary file
     * @param patch its part of the unified text, from its {@code diff --git} line on
     * @param origin who changed it; where no turn is asked about it is null or {@link Origin#HEAD}
     */
    public record FileDiff(
            Kind kind,
            String path,
            @Nullable String oldPath,
            @Nullable String oldMode,
            @Nullable String newMode,
            boolean binary,
            int added,
            int removed,
            String patch,
            @Nullable Origin origin) {

        /**
         * How one file differs, with no turn asked about.
         *
         * @param kind what happened
         * @param path its path in the later state, or the earlier one when it is gone
         * @param oldPath its path before it was renamed, else null
         * @param oldMode git's mode in the earlier state; null when it was not there
         * @param newMode git's mode in the later state; null when it is gone
         * @param binary whether it is not compared by lines
         * @param added how many lines came
         * @param removed how many lines went
         * @param patch its part of the unified text
         */
        public FileDiff(
                Kind kind,
                String path,
                @Nullable String oldPath,
                @Nullable String oldMode,
                @Nullable String newMode,
                boolean binary,
                int added,
                int removed,
                String patch) {
            this(kind, path, oldPath, oldMode, newMode, binary, added, removed, patch, null);
        }

        /**
         * {@return the same with who changed it}
         *
         * @param newOrigin who
         */
        public FileDiff withOrigin(Origin newOrigin) {
            return new FileDiff(
                    kind, path, oldPath, oldMode, newMode, binary, added, removed, patch,
                    newOrigin);
        }
    }
}
