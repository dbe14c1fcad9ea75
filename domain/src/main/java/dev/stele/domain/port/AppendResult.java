package dev.stele.domain.port;

import org.jspecify.annotations.Nullable;

/** What became of an {@link Append}. */
public sealed interface AppendResult {

    /**
     * Durable.
     *
     * @param head the sequence that the log stands at now
     */
    record Appended(long head) implements AppendResult {}

    /**
     * The log stood elsewhere than the append was decided on; nothing was stored.
     *
     * @param actualHead where it stands
     */
    record WrongHead(long actualHead) implements AppendResult {}

    /**
     * This node may not append, or not any more; nothing was stored. Told before anything else that
     * is wrong. Only by stores with a {@link WriterLease}.
     *
     * @param holder the node that may; null when none does now
     */
    record LeaseLost(@Nullable String holder) implements AppendResult {}

    /**
     * One command cannot be stored as it is; nothing was stored. The others can be appended without
     * it.
     *
     * @param entry the index of its entry
     * @param why a sentence for people
     */
    record Unencodable(int entry, String why) implements AppendResult {}
}
