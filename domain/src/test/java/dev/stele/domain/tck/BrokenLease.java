package dev.stele.domain.tck;

import dev.stele.domain.port.WriterLease;
import java.util.Objects;

/** A store with a correct lease to break: subclasses get one thing wrong. */
class BrokenLease extends PassThroughLease {

    final MemoryEventStore sound;
    final WriterLease lease;

    BrokenLease(MemoryEventStore sound) {
        super(sound);
        this.sound = sound;
        this.lease = Objects.requireNonNull(sound.lease());
    }
}
