package dev.stele.provider.reactor;

import dev.stele.contracts.ActionId;
import dev.stele.provider.process.AgentLauncher;
import dev.stele.provider.process.AgentProcess;
import dev.stele.provider.process.ProviderFailure;
import dev.stele.provider.session.AgentSession;
import dev.stele.provider.session.ClientServices;
import dev.stele.provider.session.SessionEvents;
import dev.stele.provider.session.WireTap;
import java.nio.file.Path;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** What all agents share: how they are found and started, their limits and places. Thread-safe. */
public final class Agency {
    private final AgentCatalogue catalogue;
    private final AgentLauncher launcher;
    private final Limits limits;
    private final BiFunction<Path, AgentProcess, ClientServices> services;
    private final Supplier<WireTap> taps;
    private final AgentSlots slots;

    /**
     * An agency that has started nothing.
     *
     * @param catalogue knows what is run
     * @param launcher runs it
     * @param limits how long agents are waited for, and how many there may be
     * @param services what an agent may ask for in a directory
     * @param taps gives each session someone who hears its wire
     */
    public Agency(
            AgentCatalogue catalogue,
            AgentLauncher launcher,
            Limits limits,
            BiFunction<Path, AgentProcess, ClientServices> services,
            Supplier<WireTap> taps) {
        this.catalogue = catalogue;
        this.launcher = launcher;
        this.limits = limits;
        this.services = services;
        this.taps = taps;
        this.slots = new AgentSlots(limits.mostAgents());
    }

    Limits limits() {
        return limits;
    }

    AgentSlots slots() {
        return slots;
    }

    /** Ends what an earlier process left behind, see {@link AgentLauncher#endLeftovers}. */
    int endLeftovers() {
        return launcher.endLeftovers();
    }

    /** What is run for a thread, see {@link AgentCatalogue#choose}. */
    ChosenAgent choose(String agent, Path directory) throws ProviderFailure {
        return catalogue.choose(agent, directory);
    }

    /**
     * Starts a process, for a session that is to be opened.
     *
     * @param chosen what is run
     * @param directory where it runs
     * @param events where the session's events go
     * @throws ProviderFailure when it cannot be started
     */
    AgentSession start(ChosenAgent chosen, Path directory, SessionEvents events)
            throws ProviderFailure {
        AgentProcess process = launcher.start(chosen.command(), directory);
        ClientServices offered = services.apply(directory, process);
        Supplier<ActionId> newActionId = events::newActionId;
        return new AgentSession(
                process,
                chosen.dialect().newProtocol(newActionId, offered.methods()),
                offered,
                limits.maxLine(),
                events,
                taps.get());
    }
}
