package dev.stele.contracts;

import org.jspecify.annotations.Nullable;

/**
 * One step of an agent's plan.
 *
 * @param content the step in words
 * @param status the agent's word for how far it is, for example {@code in_progress}
 * @param priority the agent's word for how much it matters, if told
 */
public record PlanEntry(String content, String status, @Nullable String priority) {
    /** Makes texts well-formed. */
    public PlanEntry {
        content = Characters.wellFormed(content);
        status = Characters.wellFormed(status);
        priority = Characters.wellFormedOrNull(priority);
    }
}
