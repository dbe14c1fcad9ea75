package dev.stele.domain.port;

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
     * One command cannot be stored as it is; nothing was stored. The others can be appended without
     * it.
     *
     * @param entry the index of its entry
     * @param why a sentence for people
     */
    record Unencodable(int entry, String why) implements AppendResult {}
}
