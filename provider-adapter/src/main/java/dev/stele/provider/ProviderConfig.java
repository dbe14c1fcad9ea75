package dev.stele.provider;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How agents are found and how long they are waited for.
 *
 * @param agents command lines by the name that threads use; {@code scripted} is always there, and
 *     any other agent of a thread is taken as a command line itself
 * @param directory where running agents are recorded, so that the next start can end those that are
 *     left over; one for each Stele, made when it is not there
 * @param startLimit how long an agent may take from its start to a session that can be prompted
 * @param silenceLimit how long an agent may send nothing in a turn while no approval is open,
 *     before the turn is cancelled
 * @param cancelLimit how long an agent may take to end a cancelled turn, before it is killed
 * @param maxMessageBytes the longest message of an agent; a longer one is reported, not taken
 */
public record ProviderConfig(
        Map<String, String> agents,
        Path directory,
        Duration startLimit,
        Duration silenceLimit,
        Duration cancelLimit,
        int maxMessageBytes) {

    /**
     * Makes the map immutable; {@link IllegalArgumentException} for a limit that is not positive.
     */
    public ProviderConfig {
        agents = Map.copyOf(agents);
        requirePositive("startLimit", startLimit);
        requirePositive("silenceLimit", silenceLimit);
        requirePositive("cancelLimit", cancelLimit);
        if (maxMessageBytes < 1) {
            throw new IllegalArgumentException("maxMessageBytes is at least 1");
        }
    }

    /**
     * {@return the usual limits: 60 seconds to start, 10 minutes of silence, 10 seconds to cancel,
     * messages up to 64 MiB; and no agents but the scripted one}
     *
     * @param directory where running agents are recorded
     */
    public static ProviderConfig usual(Path directory) {
        return new ProviderConfig(
                Map.of(),
                directory,
                Duration.ofSeconds(60),
                Duration.ofMinutes(10),
                Duration.ofSeconds(10),
                64 * 1024 * 1024);
    }

    /**
     * {@return the same with these agents}
     *
     * @param newAgents command lines by name
     */
    public ProviderConfig withAgents(Map<String, String> newAgents) {
        return new ProviderConfig(
                newAgents, directory, startLimit, silenceLimit, cancelLimit, maxMessageBytes);
    }

    /**
     * {@return the same with these limits; null leaves one as it is}
     *
     * @param start see {@link #startLimit}
     * @param silence see {@link #silenceLimit}
     * @param cancel see {@link #cancelLimit}
     */
    public ProviderConfig withLimits(
            @Nullable Duration start, @Nullable Duration silence, @Nullable Duration cancel) {
        return new ProviderConfig(
                agents,
                directory,
                start == null ? startLimit : start,
                silence == null ? silenceLimit : silence,
                cancel == null ? cancelLimit : cancel,
                maxMessageBytes);
    }

    private static void requirePositive(String name, Duration limit) {
        if (!limit.isPositive()) {
            throw new IllegalArgumentException(name + " is longer than nothing, not " + limit);
        }
    }
}
