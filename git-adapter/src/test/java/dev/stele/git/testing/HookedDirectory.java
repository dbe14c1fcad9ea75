package dev.stele.git.testing;

import dev.stele.git.disk.Directory;
import dev.stele.git.disk.DiskEntry;
import dev.stele.git.disk.Listing;
import dev.stele.git.disk.Stamp;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.List;

/** A real directory with something that happens whenever a name in it is opened. */
public record HookedDirectory(Directory real, Hook hook) implements Directory {

    /** What happens. */
    public interface Hook {
        /**
         * Called before a name is opened.
         *
         * @param name the raw name
         */
        void opening(String name) throws IOException;
    }

    @Override
    public Stamp stamp() {
        return real.stamp();
    }

    @Override
    public List<DiskEntry> entries() throws IOException {
        return real.entries();
    }

    @Override
    public Stamp stamp(String name) throws IOException {
        return real.stamp(name);
    }

    @Override
    public int[] changed(Listing known) throws IOException {
        return real.changed(known);
    }

    @Override
    public Directory open(String name) throws IOException {
        hook.opening(name);
        return new HookedDirectory(real.open(name), hook);
    }

    @Override
    public ReadableByteChannel read(String name) throws IOException {
        hook.opening(name);
        return real.read(name);
    }

    @Override
    public String readLink(String name) throws IOException {
        hook.opening(name);
        return real.readLink(name);
    }

    @Override
    public void close() {
        real.close();
    }
}
