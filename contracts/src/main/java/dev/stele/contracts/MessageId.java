package dev.stele.contracts;

/**
 * Names a message: its turn and its place in it.
 *
 * @param turnId the turn
 * @param ordinal the place in the turn's transcript, from 0 (the prompt)
 */
public record MessageId(TurnId turnId, int ordinal) {

    /** Checks the place: {@link IllegalArgumentException} when it is negative. */
    public MessageId {
        if (ordinal < 0) {
            throw new IllegalArgumentException("a message's ordinal starts at 0, not " + ordinal);
        }
    }

    @Override
    public String toString() {
        return turnId + "/" + ordinal;
    }
}
