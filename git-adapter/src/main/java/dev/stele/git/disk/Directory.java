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
     * Opens a directory in it.
     *
     * @param entry one of {@link #entries}
     */
    Directory open(DiskEntry entry) throws IOException;

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
