package dev.stele.persistence.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LogVerification;
import dev.stele.domain.port.Receipt;
import dev.stele.domain.port.Receipt.Outcome.Accepted;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed at any moment loses nothing that it acknowledged. */
class KilledWriterTest {

    private static final int ROUNDS = 20;

    @TempDir private Path folder;

    @Test
    void what_was_acknowledged_is_there_after_each_kill_and_the_log_is_sound() throws Exception {
        Path database = folder.resolve("stele.db");
        long seed = Long.getLong("stele.seed", 20_261_122);
        var random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            long acknowledged = killAfter(database, 1 + random.nextInt(60));

            assertNothingLost(database, acknowledged, "seed %d, round %d".formatted(seed, round));
        }
    }

    /**
     * The last head that a child told before it was killed, some acknowledgements after opening.
     */
    private static long killAfter(Path database, int lines) throws Exception {
        Process child = Children.start(AppendingChild.class, database, Integer.MAX_VALUE);
        long acknowledged = 0;
        try (BufferedReader acknowledgements = child.inputReader(UTF_8)) {
            assertThat(acknowledgements.readLine()).isEqualTo("open");
            for (int i = 0; i < lines; i++) {
                acknowledged = Long.parseLong(acknowledgements.readLine());
            }
            child.toHandle().destroyForcibly(); // unlike the process's own, it leaves the pipe open
            child.waitFor();
            return Math.max(acknowledged, lastOf(acknowledgements));
        } finally {
            child.destroyForcibly();
        }
    }

    /** What was on its way when the child died; the last line may be torn. */
    private static long lastOf(BufferedReader acknowledgements) throws IOException {
        String rest = acknowledgements.readAllAsString();
        String whole = rest.substring(0, rest.lastIndexOf('\n') + 1);
        return whole.lines().mapToLong(Long::parseLong).max().orElse(0);
    }

    private static void assertNothingLost(Path database, long acknowledged, String round)
            throws Exception {
        assertThat(Stores.verify(database)).as(round).isInstanceOf(LogVerification.Sound.class);
        try (EventStore store = Stores.open(database)) {
            long head = store.head();
            assertThat(head).as(round).isGreaterThanOrEqualTo(acknowledged);
            assertThat(Stores.all(store).equals(Stores.events(0, (int) head))).as(round).isTrue();
            assertThat(store.providerMark(Stores.TURN)).as(round).isEqualTo(head);
            assertEveryAppendAnswered(store, head, round);
        }
    }

    /** From receipt to receipt: none is without its facts, and no fact without its receipt. */
    private static void assertEveryAppendAnswered(EventStore store, long head, String round) {
        long answered = 0;
        while (answered < head) {
            Receipt receipt = store.receipt(Stores.commandId(answered + 1));
            answered =
                    receipt != null && receipt.outcome() instanceof Accepted(_, long last)
                            ? last
                            : head + 1;
        }
        assertThat(answered).as(round).isEqualTo(head);
        assertThat(store.receipt(Stores.commandId(head + 1))).as(round).isNull();
    }

    @Test
    void a_store_that_was_being_made_when_its_maker_was_killed_is_made_by_the_next()
            throws Exception {
        long seed = Long.getLong("stele.seed", 20_261_122);
        var random = new Random(seed);
        for (int round = 0; round < 6; round++) {
            Path database = folder.resolve("new-" + round + ".db");
            Process maker = Children.start(AppendingChild.class, database, 0);
            awaitTraceOf(database, maker);
            maker.waitFor(random.nextInt(150), TimeUnit.MILLISECONDS);
            maker.destroyForcibly().waitFor();

            Stores.make(database, 3);

            assertThat(Stores.verify(database))
                    .as("seed %d, round %d", seed, round)
                    .isInstanceOf(LogVerification.Sound.class);
        }
    }

    /** Its lock file is the first thing that a process makes. */
    private static void awaitTraceOf(Path database, Process maker) throws InterruptedException {
        Path trace = StoreFile.beside(database, ".lock");
        while (Files.notExists(trace) && maker.isAlive()) {
            maker.waitFor(2, TimeUnit.MILLISECONDS);
        }
    }
}
