package dev.stele.app.engine;

import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LogProgress;
import dev.stele.domain.port.LogRewriting;
import dev.stele.domain.port.LogRoom;
import dev.stele.domain.port.StoreException;
import dev.stele.domain.tck.PassThroughRewriting;
import dev.stele.domain.tck.PassThroughStore;

/** A store on a disk that has not the room to write its log once more. */
final class SmallDisk extends PassThroughStore {

    SmallDisk(EventStore store) {
        super(store);
    }

    @Override
    public LogRewriting rewriting() {
        return new PassThroughRewriting(super.rewriting()) {
            @Override
            public LogRoom room() {
                return new LogRoom(5_000, 4_000, 2_000, 900);
            }

            @Override
            public void giveBack(LogProgress progress) {
                throw new StoreException("There is no room.", null);
            }

            @Override
            public void scrub() {
                throw new StoreException("There is no room.", null);
            }
        };
    }
}
