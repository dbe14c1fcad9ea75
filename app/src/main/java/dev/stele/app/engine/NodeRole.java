package dev.stele.app.engine;

import org.jspecify.annotations.Nullable;

/** What an engine is among all that have its log open. */
public sealed interface NodeRole {

    /** The log is not shared: whoever has it open to write is its only writer. */
    record Alone() implements NodeRole {}

    /**
     * This node writes: it decides commands and runs the agents and git of its own directories.
     *
     * @param node its name
     * @param token names its time as the writer
     */
    record Writing(String node, long token) implements NodeRole {}

    /**
     * This node follows what another writes, and takes over when that one ends.
     *
     * @param node its name
     * @param writer the node that writes; null while none is known to
     */
    record Following(String node, @Nullable String writer) implements NodeRole {}
}
