package dev.stele.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever happens to windows, worker and server: in the end each window shows what the log says.
 */
@Tag("browser")
final class RandomHistoryTest {
    /** A longer history is made by hand: {@code -Dstele.test.history.steps=2000}. */
    private static final int STEPS = Integer.getInteger("stele.test.history.steps", 80);

    private static final long SEED = Long.getLong("stele.seed", 20_261_122);

    @TempDir private Path directory;

    @Test
    void every_window_ends_with_what_the_log_says() throws IOException {
        var random = new Random(SEED);
        var steps = new ArrayList<String>();
        try (var home = ServedHome.in(directory);
                var page = Page.open(directory)) {
            var agents = new RandomAgents(home, random);
            var windows = new RandomWindows(page, home, agents, random);
            for (int step = 0; step < STEPS; step++) {
                steps.add(step(random, home, agents, windows));
            }
            windows.checkAll();
            // A worker that was ended while the server was away could not be had at once.
            assertThat(page.complaints())
                    .allSatisfy(line -> assertThat(line).contains("fetch a worker script"));
        } catch (AssertionError | RuntimeException wrong) {
            throw new AssertionError(wrong.getMessage() + "\n" + told(steps), wrong);
        }
    }

    private static String step(
            Random random, ServedHome home, RandomAgents agents, RandomWindows windows)
            throws IOException {
        int choice = random.nextInt(40);
        if (choice == 0) {
            return restart(random, home, windows);
        }
        return choice < 15 ? windows.act() : agents.act();
    }

    private static String restart(Random random, ServedHome home, RandomWindows windows)
            throws IOException {
        var steps = new ArrayList<>(List.of("the server stops"));
        home.stop();
        for (int more = random.nextInt(3); more > 0; more--) {
            steps.add(windows.actWithoutServer());
        }
        home.start();
        return String.join(", ", steps) + ", the server starts";
    }

    private static String told(List<String> steps) {
        int first = Math.max(0, steps.size() - 60);
        return "-Dstele.seed=%d -Dstele.test.history.steps=%d, step %d, the newest last:%n%s"
                .formatted(
                        SEED,
                        STEPS,
                        steps.size(),
                        String.join("\n", steps.subList(first, steps.size())));
    }
}
