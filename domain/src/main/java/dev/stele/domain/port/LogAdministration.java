package dev.stele.domain.port;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * The care of a log: proving it, copying it, carrying it elsewhere. Thread-safe. All of it but
 * {@link #importFrom} looks at one state of the log while another process may write to it, and
 * costs the log's length unless it says otherwise. Every method may throw {@link StoreException}.
 */
public interface LogAdministration {

    /**
     * {@return where the log ends, and the hash that stands for all of it} Costs the same for any
     * log.
     */
    LogHead head();

    /**
     * Follows the chain of hashes from the first fact to the last. Behind a fact that does not fit
     * it goes on with the next whole hash that the log tells.
     *
     * @param progress hears how far it is
     * @return whether it holds, and if not, where it breaks
     */
    LogVerification verify(LogProgress progress);

    /**
     * Follows the chain, and holds it against a head that was written down elsewhere. Without one a
     * log whose end was cut off, or that was replaced together with all its hashes, looks sound.
     *
     * @param expected what was written down; the log may have grown since
     * @param progress hears how far it is
     * @return whether the chain holds and the log is the expected one, and if not, why
     */
    LogVerification verify(LogHead expected, LogProgress progress);

    /**
     * Copies the log into a file of its own, which is verified and synced to the disk before it
     * gets its name. The copy is opened like any other store.
     *
     * @param target the new file; there is nothing of that name yet
     * @param progress hears how far the verification of the copy is
     * @return where the copy ends
     * @throws StoreException.Damaged when the log is not sound; there is no copy then
     */
    LogHead backup(Path target, LogProgress progress);

    /**
     * Writes the log as lines of JSON: facts with their hashes, receipts and marks of providers.
     * The chain is checked on the way.
     *
     * @param out gets the lines; it is flushed and stays open
     * @param progress hears how far it is
     * @return where the export ends
     * @throws IOException when they cannot be written
     * @throws StoreException.Damaged when the log is not sound; what was written so far has no end
     *     line, and no import takes it
     */
    LogHead exportTo(OutputStream out, LogProgress progress) throws IOException;

    /**
     * Writes all of the log that there is, as {@link #exportTo} does: where a fact is not as it was
     * written, a line says so in its place. An import of it makes a log that has lost those facts.
     *
     * @param out gets the lines; it is flushed and stays open
     * @param progress hears how far it is
     * @return where the export ends
     * @throws IOException when they cannot be written
     */
    LogHead salvageTo(OutputStream out, LogProgress progress) throws IOException;

    /**
     * Makes the log out of an export, in a place where there is none yet. Facts, hashes, receipts
     * and marks are those of the export. Nothing is there when it fails.
     *
     * @param in gives the lines
     * @param progress hears how far it is
     * @return where the log ends, as the export does
     * @throws IOException when they cannot be read
     * @throws StoreException when there is a log already, or the lines are no whole, unchanged
     *     export; the message names the line
     */
    LogHead importFrom(InputStream in, LogProgress progress) throws IOException;

    /** {@return what the log holds, and the room that it takes} */
    LogStats stats();
}
