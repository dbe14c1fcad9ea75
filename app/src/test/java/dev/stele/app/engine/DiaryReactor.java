package dev.stele.app.engine;

import dev.stele.domain.port.CommandGateway;
import dev.stele.domain.port.EventFeed;
import dev.stele.domain.port.Reactor;
import java.time.Duration;
import java.util.List;

/** A reactor that writes its start and its end into a diary. */
record DiaryReactor(String name, List<String> diary) implements Reactor {

    @Override
    public void start(CommandGateway gateway, EventFeed feed) {
        diary.add(name + " starts");
    }

    @Override
    public boolean drain(Duration timeout) {
        return true;
    }

    @Override
    public void close() {
        diary.add(name + " closes");
    }
}
