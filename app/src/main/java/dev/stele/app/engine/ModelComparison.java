package dev.stele.app.engine;

/**
 * What comparing a model that began at a snapshot with a replay of the whole log has shown.
 *
 * @param snapshot the place of the snapshot; 0 when there is none that may be used
 * @param head the place in the log at which both were compared
 * @param equal whether they are equal; if not, the snapshot is to be deleted
 */
public record ModelComparison(long snapshot, long head, boolean equal) {}
