package dev.stele.app.failover;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import com.google.inject.Guice;
import dev.stele.app.engine.Engine;
import dev.stele.app.support.SharedEngine;
import dev.stele.app.support.Waiting;
import dev.stele.domain.port.EventStore;
import dev.stele.persistence.PostgresConfig;
import dev.stele.persistence.PostgresConfig.Address;
import dev.stele.persistence.PostgresModule;
import dev.stele.persistence.server.PostgresServer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** The server crashes under load and comes back: the engine goes on by itself. */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RestartedServerTest {
    private static final int CALLERS = 16;
    private static final int SOME = 100;

    private final Collection<Kept> kept = new ConcurrentLinkedQueue<>();

    /** All that is logged by anybody, as it would be printed. */
    private static final class Logged extends AppenderBase<ILoggingEvent> implements AutoCloseable {
        private final Logger root =
                (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        private final Logger ours = (Logger) LoggerFactory.getLogger("dev.stele");
        private final Logger migrations = (Logger) LoggerFactory.getLogger("org.flywaydb");
        private final Collection<String> lines = new ConcurrentLinkedQueue<>();

        Logged() {
            start();
            for (Logger logger : new Logger[] {ours, migrations}) {
                logger.setLevel(Level.TRACE);
                logger.setAdditive(false); // not on the console
                logger.addAppender(this);
            }
            root.addAppender(this);
        }

        @Override
        protected void append(ILoggingEvent event) {
            lines.add(
                    event.getFormattedMessage()
                            + ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }

        @Override
        public void close() {
            for (Logger logger : new Logger[] {ours, migrations}) {
                logger.setLevel(null);
                logger.setAdditive(true);
                logger.detachAppender(this);
            }
            root.detachAppender(this);
        }
    }

    @Test
    void nothing_is_lost_or_doubled_and_no_log_tells_the_password() throws Exception {
        try (var logged = new Logged();
                PostgresServer server = PostgresServer.startOwn()) {
            String address = server.newLog();
            try (Engine engine = SharedEngine.openToWrite(address, null)) {
                var callers = new Callers(engine, "writer", kept::add).start(CALLERS);
                awaitPromises();
                server.stopAtOnce();
                server.start();
                awaitPromises();
                callers.stop();
            }
            verify(address);
            assertThat(logged.lines)
                    .anyMatch(line -> line.contains("The log is in doubt"))
                    .noneMatch(line -> line.contains(PostgresServer.PASSWORD));
        }
    }

    private void awaitPromises() {
        int before = kept.size();
        Waiting.until("commands are taken", () -> kept.size() >= before + SOME);
    }

    private void verify(String address) {
        var reading = new PostgresModule(PostgresConfig.reading(Address.parse(address), null));
        try (EventStore store = Guice.createInjector(reading).getInstance(EventStore.class)) {
            Evidence.of(store).keeps(new ArrayList<>(kept), store).isInOrder();
        }
    }
}
