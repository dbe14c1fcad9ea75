package dev.stele.domain.model;

import dev.stele.contracts.TurnId;
import io.vavr.collection.Vector;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be said in a thread. The first of it starts by itself as soon as the thread is
 * idle, unless the queue is held.
 *
 * @param waiting the prompts in their order, by the ids that their turns will have
 * @param hold why nothing starts by itself until a person starts a turn; null when nothing holds
 *     it, as when nothing waits
 */
public record PromptQueue(Vector<TurnId> waiting, @Nullable HoldCause hold) {

    /** Nothing waits. */
    public static final PromptQueue EMPTY = new PromptQueue(Vector.empty(), null);

    /** The most prompts that a thread's queue takes. */
    public static final int MOST_PROMPTS = 100;

    /** The most characters that all prompts of a thread's queue have together. */
    public static final long MOST_CHARACTERS = 8_000_000;

    /** {@return whether nothing waits} */
    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** {@return the prompt that may start by itself once the thread is idle, or null} */
    public @Nullable TurnId next() {
        return hold != null || waiting.isEmpty() ? null : waiting.head();
    }

    /**
     * {@return this queue with one more prompt at its end}
     *
     * @param id the prompt
     */
    public PromptQueue plus(TurnId id) {
        return new PromptQueue(waiting.append(id), hold);
    }

    /**
     * {@return this queue without a prompt; one in which nothing waits is not held}
     *
     * @param id the prompt
     */
    public PromptQueue minus(TurnId id) {
        Vector<TurnId> rest = waiting.remove(id);
        return rest.isEmpty() ? EMPTY : new PromptQueue(rest, hold);
    }

    /**
     * {@return this queue with one of its prompts at another place}
     *
     * @param id the prompt; one that does not wait here changes nothing
     * @param position its new place, from 1; beyond the end is the end
     */
    public PromptQueue moved(TurnId id, int position) {
        if (!waiting.contains(id)) {
            return this;
        }
        Vector<TurnId> rest = waiting.remove(id);
        int index = Math.max(0, Math.min(position - 1, rest.size()));
        return new PromptQueue(rest.insert(index, id), hold);
    }

    /**
     * {@return this queue held, or going on}
     *
     * @param newHold why nothing starts by itself; null lets it go on
     */
    public PromptQueue withHold(@Nullable HoldCause newHold) {
        return isEmpty() ? EMPTY : new PromptQueue(waiting, newHold);
    }
}
