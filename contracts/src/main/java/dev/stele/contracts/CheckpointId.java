package dev.stele.contracts;

/**
 * Names a checkpoint; the last part of its git ref.
 *
 * @param value the id's text, see {@link Identifier}
 */
public record CheckpointId(String value) implements Identifier {

    private static final String BEFORE = "-before";
    private static final String AFTER = "-after";
    private static final String SAFETY = "-safety";

    /** Checks the text: {@link IllegalArgumentException} when it cannot be an id. */
    public CheckpointId {
        Identifier.requireValid(value);
    }

    /**
     * {@return the checkpoint that is taken before a turn}
     *
     * @param turnId the turn
     */
    public static CheckpointId before(TurnId turnId) {
        return new CheckpointId(Identifier.derived(turnId.value(), BEFORE));
    }

    /**
     * {@return the checkpoint that is taken after a turn has ended}
     *
     * @param turnId the turn
     */
    public static CheckpointId after(TurnId turnId) {
        return new CheckpointId(Identifier.derived(turnId.value(), AFTER));
    }

    /**
     * {@return the safety checkpoint of a restore: what an undo brings back}
     *
     * @param restoreId the restore
     */
    public static CheckpointId safety(OperationId restoreId) {
        return new CheckpointId(Identifier.derived(restoreId.value(), SAFETY));
    }

    /**
     * {@return whether the id is one of those that Stele makes for the safety checkpoints of
     * restores}
     */
    public boolean isSafety() {
        return value.endsWith(SAFETY);
    }

    /**
     * {@return whether the id is one of those that Stele makes for the two checkpoints of turns}
     */
    public boolean isOfATurn() {
        return value.endsWith(BEFORE) || value.endsWith(AFTER);
    }

    @Override
    public String toString() {
        return value;
    }
}
