package dev.stele.domain.tck;

import dev.stele.domain.port.Reactor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What {@link ReactorConformance} needs of an adapter: one world that its reactors work in. */
public interface ReactorFixture extends AutoCloseable {

    /**
     * Makes the reactors of a new process, in the order of their start, none of them started. Those
     * of the process before are closed by then, and what they left behind outside is there.
     *
     * @return the reactors
     */
    List<Reactor> open();

    /**
     * Makes a directory that a project can have; every call makes another.
     *
     * @return the directory
     */
    Path newDirectory();

    /** {@return how long anything may take, before a test fails} */
    default Duration patience() {
        return Duration.ofMinutes(2);
    }

    /** Removes what the reactors left behind. All of them are closed by then. */
    @Override
    void close();
}
