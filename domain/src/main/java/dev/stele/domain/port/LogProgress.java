package dev.stele.domain.port;

/** Hears how far work on a whole log has come. Called by the thread that does the work. */
@FunctionalInterface
public interface LogProgress {

    /** Hears nothing. */
    LogProgress SILENT = (_, _) -> {};

    /**
     * Some more facts are done.
     *
     * @param sequence the place of the last one
     * @param head where the log ends
     */
    void reached(long sequence, long head);
}
