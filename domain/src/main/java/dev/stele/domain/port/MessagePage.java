package dev.stele.domain.port;

import dev.stele.contracts.TurnId;
import dev.stele.domain.model.Message;
import java.util.List;

/**
 * Some of a turn's messages.
 *
 * @param turnId the turn
 * @param messages the messages, by ordinal without a gap
 * @param total how many the turn has; 0 when there is no such turn
 */
public record MessagePage(TurnId turnId, List<Message> messages, int total) {

    /** Makes the list immutable. */
    public MessagePage {
        messages = List.copyOf(messages);
    }
}
