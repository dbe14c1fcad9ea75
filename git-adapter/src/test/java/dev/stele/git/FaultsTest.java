package dev.stele.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.launcher.LauncherConstants.DEACTIVATE_LISTENERS_PATTERN_PROPERTY_NAME;

import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.Report.AssignCheckpointGitRef;
import dev.stele.domain.command.OrchestrationCommand.Report.CompleteRestore;
import dev.stele.domain.port.CommandEnvelope;
import dev.stele.domain.port.CommandGateway;
import dev.stele.domain.port.DispatchResult;
import dev.stele.domain.port.EventFeed;
import dev.stele.domain.port.Reactor;
import dev.stele.domain.tck.GitFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Proves the kit for checkpoints: it finds every fault that is planted into what passes it. */
class FaultsTest {

    /** What is planted. Suites run one after the other. */
    private static @Nullable Fault planted;

    private static final AtomicInteger SPOILED = new AtomicInteger();

    /** The kit with a fault, or without any. Runs only from here. */
    static class Faulty extends GitRepositoriesTest {
        @Override
        protected GitFixture newGitFixture() {
            return new Spoiled(super.newGitFixture(), new ArrayList<>());
        }
    }

    private record Spoiled(GitFixture real, List<Path> directories) implements GitFixture {
        @Override
        public List<Reactor> open() {
            return real.open().stream()
                    .map(reactor -> (Reactor) new Spoiling(reactor, this))
                    .toList();
        }

        @Override
        public Path newDirectory() {
            Path directory = real.newDirectory();
            directories.add(directory);
            return directory;
        }

        @Override
        public String remote() {
            return real.remote();
        }

        @Override
        public void close() {
            real.close();
        }

        OrchestrationCommand spoiled(OrchestrationCommand command) {
            Fault fault = planted;
            if (fault == null) {
                return command;
            }
            try {
                OrchestrationCommand spoiled = spoiled(fault, command);
                SPOILED.incrementAndGet();
                return spoiled;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private OrchestrationCommand spoiled(Fault fault, OrchestrationCommand command)
                throws IOException {
            return switch (command) {
                case AssignCheckpointGitRef taken -> {
                    fault.afterTaking(taken, directories.getLast());
                    yield taken;
                }
                case CompleteRestore restored -> {
                    fault.afterRestoring(directories);
                    yield fault.report(restored);
                }
                default -> command;
            };
        }
    }

    private record Spoiling(Reactor real, Spoiled world) implements Reactor {
        @Override
        public String name() {
            return real.name();
        }

        @Override
        public void start(CommandGateway gateway, EventFeed feed) {
            real.start(
                    new CommandGateway() {
                        @Override
                        public CompletableFuture<DispatchResult> dispatch(
                                CommandEnvelope envelope) {
                            return gateway.dispatch(envelope);
                        }

                        @Override
                        public CompletableFuture<DispatchResult> submit(
                                OrchestrationCommand command) throws InterruptedException {
                            return gateway.submit(world.spoiled(command));
                        }
                    },
                    feed);
        }

        @Override
        public boolean drain(Duration timeout) throws InterruptedException {
            return real.drain(timeout);
        }

        @Override
        public void close() {
            real.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_kit_finds_every_fault(Fault fault) {
        planted = fault;
        SPOILED.set(0);
        try {
            var summary = run(fault.test());
            assertThat(summary.getTestsFoundCount()).isEqualTo(1);
            assertThat(SPOILED).as("it was carried out").hasPositiveValue();
            assertThat(summary.getFailures())
                    .singleElement()
                    .satisfies(failure ->
                            assertThat(failure.getException()).isInstanceOf(AssertionError.class));
        } finally {
            planted = null;
        }
    }

    private static TestExecutionSummary run(String test) {
        var request =
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectMethod(Faulty.class, test))
                        .configurationParameter(DEACTIVATE_LISTENERS_PATTERN_PROPERTY_NAME, "*")
                        .build();
        var results = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, results);
        return results.getSummary();
    }
}
