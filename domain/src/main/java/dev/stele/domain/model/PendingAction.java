package dev.stele.domain.model;

import dev.stele.contracts.ActionId;
import dev.stele.contracts.PermissionOption;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that the agent may not do before a person or a policy approves it.
 *
 * @param id its id
 * @param toolCallId the tool call that it is about, if told
 * @param title a line for people
 * @param options the answers that the agent offers
 * @param requestedAt when it asked
 */
public record PendingAction(
        ActionId id,
        @Nullable String toolCallId,
        String title,
        List<PermissionOption> options,
        Instant requestedAt) {
    /** Makes the list immutable. */
    public PendingAction {
        options = List.copyOf(options);
    }
}
