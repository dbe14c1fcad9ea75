package dev.stele.git.disk;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.List;

/**
 * An open directory of the working tree. Nothing here follows a symbolic link in the last part of a
 * name, and nothing opens what is neither a directory, a regular file nor a link. For one thread at
 * a time.
 */
public interface Directory extends AutoCloseable {

    /** What it was itself when it was opened, before any of its names was read. */
    Stamp stamp();

    /**
     * All names in it but {@code .} and {@code ..}, ordered by their bytes. Names that vanish while
     * they are read are left out.
     *
     * @throws IOException when it cannot be read, or is no longer the directory that was opened
     */
    List<DiskEntry> entries() throws IOException;

    /**
     * What a name is now.
     *
     * @param name a raw name
     * @throws java.nio.file.NoSuchFileException when it is gone
     */
    Stamp stamp(String name) throws IOException;

    /**
     * Which known names have another stamp now, or are gone.
     *
     * @param known names in it; those without a stamp are passed over
     * @return their indexes, rising
     */
    int[] changed(Listing known) throws IOException;

    /**
     * Opens a directory in it.
     *
     * @param name a raw name
     */
    Directory open(String name) throws IOException;

    /**
     * Opens a regular file in it.
     *
     * @param name a raw name
     */
    ReadableByteChannel read(String name) throws IOException;

    /**
     * The target of a symbolic link in it, raw.
     *
     * @param name a raw name
     */
    String readLink(String name) throws IOException;

    @Override
    void close();
}
