package dev.stele.app;

import com.google.inject.Module;

/**
 * What a module of one's own can be installed for, by {@link Stele.Builder#install(Adapter,
 * Module)}. Each can be replaced alone; the others stay the usual ones.
 *
 * <p>Every module is put together by itself: two of them may bind the same type without meeting.
 * All of them can have the {@link dev.stele.domain.port.Codec} injected.
 */
public enum Adapter {
    /**
     * The log; usually SQLite in the home. The module binds an {@link
     * dev.stele.domain.port.EventStore}, which Stele closes. It may bind a {@link
     * dev.stele.domain.port.Codec}, too; else there is the usual one. It may bind a {@link
     * dev.stele.domain.port.LogAdministration}; without it everything works but {@link
     * Stele.Builder#administration}.
     */
    STORE("store"),
    /**
     * The agents; usually processes that speak the Agent Client Protocol. The module adds one or
     * more {@link dev.stele.domain.port.Reactor}s to their set with Guice's {@code Multibinder}.
     * For a log that several nodes share the set is asked for anew each time that this node begins
     * to write, so that its reactors are bound without a scope then. It may bind an {@link
     * dev.stele.domain.port.AgentDirectory}; without it {@code stele agents} has nothing to tell.
     */
    PROVIDER("provider"),
    /**
     * Checkpoints, restores, commits, branches and pushes; usually on git repositories. The module
     * adds {@link dev.stele.domain.port.Reactor}s like that of the provider. It may bind {@link
     * dev.stele.domain.port.TreeDiffs} and {@link dev.stele.domain.port.RestorePreviews}; without
     * them everything works but comparing trees and telling what a restore would do, which are
     * answered with an exception that says so. It may bind a {@link
     * dev.stele.domain.port.CheckpointCare}; without it {@code stele doctor} has nothing to tell.
     * It may bind a {@link dev.stele.domain.port.CheckpointErasure}; without it an erasure leaves
     * checkpoints alone, and says so.
     */
    GIT("git adapter");

    private final String word;

    Adapter(String word) {
        this.word = word;
    }

    /** What it is called in sentences. */
    String word() {
        return word;
    }
}
