package dev.stele.provider;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How agents are found, what they may ask for and how long they are waited for.
 *
 * @param agents command lines by the name that threads use; {@code scripted} is always there, the
 *     agents that Stele knows have their names, and any other agent of a thread is taken as a
 *     command line itself
 * @param logins the ids of the ways to log in, by the names or command lines of agents; an agent
 *     that is not there uses the login that it has
 * @param directory where running agents are recorded, so that the next start can end those that are
 *     left over; one for each Stele, made when it is not there
 * @param limits how long agents are waited for, and how many there may be
 * @param offers what agents may ask of Stele in the project's directory beside permissions
 * @param recording the file into which the wire of the agents is written, without secrets; later
 *     sessions get files with a number. Null for none
 */
public record ProviderConfig(
        Map<String, String> agents,
        Map<String, String> logins,
        Path directory,
        Bounds limits,
        Set<Offer> offers,
        @Nullable Path recording) {

    /** Makes the collections immutable. */
    public ProviderConfig {
        agents = Map.copyOf(agents);
        logins = Map.copyOf(logins);
        offers = Set.copyOf(offers);
    }

    /** What agents may ask of Stele. It is done without a question. */
    public enum Offer {
        /** Reads text files of the project. */
        READ_FILES,
        /** Writes text files of the project. */
        WRITE_FILES,
        /** Runs commands in the project. */
        RUN_COMMANDS
    }

    /**
     * How long agents are waited for, how many there may be, and how much they may say at once.
     *
     * @param start how long an agent may take from its start to a session that can be prompted
     * @param silence how long an agent may send nothing in a turn while no approval is open, before
     *     the turn is cancelled
     * @param cancel how long an agent may take to end a cancelled turn, before it is killed
     * @param idle how long an agent is kept after its last turn
     * @param mostAgents how many agents may run at once; others wait, first come first served
     * @param maxMessageBytes the longest message of an agent; a longer one is reported, not taken
     */
    public record Bounds(
            Duration start,
            Duration silence,
            Duration cancel,
            Duration idle,
            int mostAgents,
            int maxMessageBytes) {

        /** {@link IllegalArgumentException} for one that is not positive. */
        public Bounds {
            requirePositive("start", start);
            requirePositive("silence", silence);
            requirePositive("cancel", cancel);
            requirePositive("idle", idle);
            if (mostAgents < 1 || maxMessageBytes < 1) {
                throw new IllegalArgumentException("mostAgents and maxMessageBytes are at least 1");
            }
        }

        private static void requirePositive(String name, Duration limit) {
            if (!limit.isPositive()) {
                throw new IllegalArgumentException(name + " is longer than nothing, not " + limit);
            }
        }

        /**
         * {@return the usual ones: 60 seconds to start, 10 minutes of silence, 10 seconds to
         * cancel, 30 minutes idle, 200 agents, messages up to 64 MiB}
         */
        public static Bounds usual() {
            return new Bounds(
                    Duration.ofSeconds(60),
                    Duration.ofMinutes(10),
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(30),
                    200,
                    64 * 1024 * 1024);
        }

        /**
         * {@return the same with these; null leaves one as it is}
         *
         * @param newStart see {@link #start}
         * @param newSilence see {@link #silence}
         * @param newCancel see {@link #cancel}
         */
        public Bounds with(
                @Nullable Duration newStart,
                @Nullable Duration newSilence,
                @Nullable Duration newCancel) {
            return new Bounds(
                    newStart == null ? start : newStart,
                    newSilence == null ? silence : newSilence,
                    newCancel == null ? cancel : newCancel,
                    idle,
                    mostAgents,
                    maxMessageBytes);
        }
    }

    /**
     * {@return the usual limits, no agents but those that Stele knows, and nothing on offer}
     *
     * @param directory where running agents are recorded
     */
    public static ProviderConfig usual(Path directory) {
        return new ProviderConfig(Map.of(), Map.of(), directory, Bounds.usual(), Set.of(), null);
    }

    /**
     * {@return the same with these agents}
     *
     * @param newAgents command lines by name
     */
    public ProviderConfig withAgents(Map<String, String> newAgents) {
        return new ProviderConfig(newAgents, logins, directory, limits, offers, recording);
    }

    /**
     * {@return the same with these ways to log in}
     *
     * @param newLogins their ids by the names or command lines of agents
     */
    public ProviderConfig withLogins(Map<String, String> newLogins) {
        return new ProviderConfig(agents, newLogins, directory, limits, offers, recording);
    }

    /**
     * {@return the same with these limits; null leaves one as it is}
     *
     * @param start see {@link Bounds#start}
     * @param silence see {@link Bounds#silence}
     * @param cancel see {@link Bounds#cancel}
     */
    public ProviderConfig withLimits(
            @Nullable Duration start, @Nullable Duration silence, @Nullable Duration cancel) {
        return withLimits(limits.with(start, silence, cancel));
    }

    /**
     * {@return the same with these limits}
     *
     * @param newLimits all of them
     */
    public ProviderConfig withLimits(Bounds newLimits) {
        return new ProviderConfig(agents, logins, directory, newLimits, offers, recording);
    }

    /**
     * {@return the same with this on offer}
     *
     * @param newOffers what agents may ask for
     */
    public ProviderConfig withOffers(Set<Offer> newOffers) {
        return new ProviderConfig(agents, logins, directory, limits, newOffers, recording);
    }

    /**
     * {@return the same with a recording}
     *
     * @param file the file into which the wire is written, or null for none
     */
    public ProviderConfig withRecording(@Nullable Path file) {
        return new ProviderConfig(agents, logins, directory, limits, offers, file);
    }
}
