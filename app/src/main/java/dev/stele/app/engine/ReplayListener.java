package dev.stele.app.engine;

/** Hears how far reading the log has come, so that a long one can show its progress. */
@FunctionalInterface
public interface ReplayListener {

    /** Hears nothing. */
    ReplayListener SILENT = (_, _) -> {};

    /**
     * A page of the log has been read.
     *
     * @param sequence the place of its last fact
     * @param head the place of the log's last fact
     */
    void replayed(long sequence, long head);
}
