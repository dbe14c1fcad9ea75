package dev.stele.contracts;

import org.jspecify.annotations.Nullable;

/** A piece of what a tool call shows. */
public sealed interface ToolOutput {

    /**
     * Words.
     *
     * @param text the words
     */
    record TextOutput(String text) implements ToolOutput {
        /** Makes the text well-formed. */
        public TextOutput {
            text = Characters.wellFormed(text);
        }
    }

    /**
     * A change of one file.
     *
     * @param path the file
     * @param oldText its text before, or null for a new file
     * @param newText its text after
     */
    record Diff(String path, @Nullable String oldText, String newText) implements ToolOutput {
        /** Makes texts well-formed. */
        public Diff {
            path = Characters.wellFormed(path);
            oldText = Characters.wellFormedOrNull(oldText);
            newText = Characters.wellFormed(newText);
        }
    }

    /**
     * A terminal that the command runs in.
     *
     * @param terminalId the protocol's id of it
     */
    record TerminalOutput(String terminalId) implements ToolOutput {
        /** Makes the text well-formed. */
        public TerminalOutput {
            terminalId = Characters.wellFormed(terminalId);
        }
    }

    /**
     * Anything else, kept as it came.
     *
     * @param raw raw JSON
     */
    record RawOutput(String raw) implements ToolOutput {
        /** Makes the text well-formed. */
        public RawOutput {
            raw = Characters.wellFormed(raw);
        }
    }
}
