package dev.stele.app.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.launcher.LauncherConstants.DEACTIVATE_LISTENERS_PATTERN_PROPERTY_NAME;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.StopReason;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.IngestProviderEvent;
import dev.stele.domain.command.OrchestrationCommand.Report.CompleteCleanup;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.ActionApproved;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.port.CommandEnvelope;
import dev.stele.domain.port.CommandGateway;
import dev.stele.domain.port.DispatchResult;
import dev.stele.domain.port.EventFeed;
import dev.stele.domain.port.EventSubscription;
import dev.stele.domain.port.Reactor;
import dev.stele.domain.tck.ProviderConformance;
import dev.stele.domain.tck.ProviderFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Proves the provider's suite: a fault of an adapter is seen by the test that is for it. */
class BrokenProvidersTest {

    /** The suite with the provider under proof. Runs only from here, one after the other. */
    static class Suite extends ProviderConformance {
        private static UnaryOperator<Reactor> breaking = UnaryOperator.identity();

        @TempDir Path folder;

        @Override
        protected ProviderFixture newProviderFixture() {
            return new BrokenFixture(new JavaAgentsTest.Agents(folder), breaking);
        }
    }

    private record BrokenFixture(ProviderFixture sound, UnaryOperator<Reactor> breaking)
            implements ProviderFixture {
        @Override
        public List<Reactor> open() {
            return sound.open().stream().map(breaking).toList();
        }

        @Override
        public Path newDirectory() {
            return sound.newDirectory();
        }

        @Override
        public String agent(Conduct conduct) {
            return sound.agent(conduct);
        }

        @Override
        public Duration patience() {
            return Duration.ofSeconds(2);
        }

        @Override
        public void close() {
            sound.close();
        }
    }

    /** A provider that works, between which and the engine somebody meddles. */
    private static class Meddled implements Reactor {
        private final Reactor sound;

        Meddled(Reactor sound) {
            this.sound = sound;
        }

        @Override
        public String name() {
            return sound.name();
        }

        @Override
        public void start(CommandGateway gateway, EventFeed feed) {
            sound.start(gateway, feed);
        }

        @Override
        public boolean drain(Duration timeout) throws InterruptedException {
            return sound.drain(timeout);
        }

        @Override
        public void close() {
            sound.close();
        }
    }

    /** What becomes of a command on its way to the log. */
    private interface Meddling {
        CompletableFuture<DispatchResult> submit(OrchestrationCommand command, CommandGateway log)
                throws InterruptedException;
    }

    private static UnaryOperator<Reactor> onTheWayIn(Meddling meddling) {
        return sound ->
                new Meddled(sound) {
                    @Override
                    public void start(CommandGateway gateway, EventFeed feed) {
                        super.start(new MeddledGateway(gateway, meddling), feed);
                    }
                };
    }

    private record MeddledGateway(CommandGateway log, Meddling meddling) implements CommandGateway {
        @Override
        public CompletableFuture<DispatchResult> dispatch(CommandEnvelope envelope) {
            return log.dispatch(envelope);
        }

        @Override
        public CompletableFuture<DispatchResult> submit(OrchestrationCommand command)
                throws InterruptedException {
            return meddling.submit(command, log);
        }
    }

    private static CompletableFuture<DispatchResult> taken() {
        return CompletableFuture.completedFuture(new DispatchResult.Accepted(1, 0));
    }

    /** What an agent says, changed on the way; null when it gets lost. */
    private interface Mishearing {
        @Nullable ProviderEvent heard(ProviderEvent event);
    }

    private static UnaryOperator<Reactor> mishearing(Mishearing mishearing) {
        return onTheWayIn((command, log) -> {
            if (!(command instanceof IngestProviderEvent said)) {
                return log.submit(command);
            }
            ProviderEvent event = mishearing.heard(said.event());
            return event == null ? taken() : log.submit(told(said, said.providerSequence(), event));
        });
    }

    private static IngestProviderEvent told(
            IngestProviderEvent said, long sequence, ProviderEvent event) {
        return new IngestProviderEvent(said.threadId(), said.turnId(), sequence, event, said.at());
    }

    private static boolean isEnd(OrchestrationCommand command) {
        return command instanceof IngestProviderEvent said
                && said.event() instanceof ProviderEvent.TurnComplete;
    }

    static Stream<Arguments> faults() {
        var done = new ProviderEvent.TurnComplete(StopReason.END_TURN, null, null, null);
        return Stream.of(
                fault(
                        "words_come_in_their_order_and_the_turn_ends_once",
                        mishearing(event ->
                                event.equals(new ProviderEvent.TextDelta("two ", null))
                                        ? new ProviderEvent.TextDelta("", null)
                                        : event)),
                fault(
                        "work_is_reported_once_whatever_else_is_told",
                        onTheWayIn((command, log) -> {
                            if (isEnd(command)) {
                                log.submit(command).join();
                            }
                            return log.submit(command);
                        })),
                fault(
                        "what_an_agent_says_in_a_turn_is_counted_from_one_without_gaps",
                        onTheWayIn((command, log) ->
                                log.submit(
                                        command instanceof IngestProviderEvent said
                                                ? told(said, 0, said.event())
                                                : command))),
                fault(
                        "what_the_log_could_not_take_is_reported_again",
                        onTheWayIn((command, log) -> {
                            log.submit(command).join();
                            return taken();
                        })),
                fault(
                        "words_that_the_log_could_not_take_come_again_in_their_order",
                        onTheWayIn((command, log) -> {
                            log.submit(command).join();
                            return taken();
                        })),
                fault(
                        "a_crash_fails_the_turn_with_a_reason_and_keeps_what_was_said",
                        mishearing(event -> event instanceof ProviderEvent.Error ? done : event)),
                fault(
                        "an_interrupted_turn_drains_once_and_the_thread_goes_on",
                        mishearing(event ->
                                event instanceof ProviderEvent.TurnComplete end
                                                && end.stopReason() == StopReason.CANCELLED
                                        ? null
                                        : event)),
                fault(
                        "a_tool_call_keeps_its_id_apart_from_its_name_and_its_result_finds_it",
                        mishearing(event ->
                                event instanceof ProviderEvent.ToolCall(var call)
                                        ? new ProviderEvent.ToolCall(
                                                MessageContent.ToolCall.of(
                                                        call.id(), "clock" + call.id(), null))
                                        : event)),
                fault(
                        "a_deleted_threads_agent_is_cleaned_up",
                        onTheWayIn((command, log) ->
                                command instanceof CompleteCleanup
                                        ? taken()
                                        : log.submit(command))),
                fault("an_approval_is_carried_to_the_agent", BrokenProvidersTest::deaf),
                fault(
                        "turns_that_a_dead_process_left_open_are_ended_by_the_start_and_never_prompted",
                        BrokenProvidersTest::forgetful),
                fault(
                        "nothing_is_quiet_while_an_agent_waits_for_an_answer",
                        BrokenProvidersTest::boastful));
    }

    private static Arguments fault(String seenBy, UnaryOperator<Reactor> breaking) {
        return Arguments.of(seenBy, breaking);
    }

    private static Reactor boastful(Reactor sound) {
        return new Meddled(sound) {
            @Override
            public boolean drain(Duration timeout) {
                return true;
            }
        };
    }

    /** Takes what it finds at its start for an empty log. */
    private static Reactor forgetful(Reactor sound) {
        return new Meddled(sound) {
            @Override
            public void start(CommandGateway gateway, EventFeed feed) {
                super.start(gateway, new ForgetfulFeed(feed));
            }
        };
    }

    private static final class ForgetfulFeed implements EventFeed {
        private final EventFeed log;
        private boolean asked;

        ForgetfulFeed(EventFeed log) {
            this.log = log;
        }

        @Override
        public synchronized OrchestrationReadModel model() {
            OrchestrationReadModel model = log.model();
            boolean first = !asked;
            asked = true;
            return first ? OrchestrationReadModel.EMPTY.atSequence(model.sequence()) : model;
        }

        @Override
        public EventSubscription subscribe(long afterSequence) {
            return log.subscribe(afterSequence);
        }

        @Override
        public List<StoredEvent> page(long afterSequence, int limit) {
            return log.page(afterSequence, limit);
        }
    }

    /** Never hears that something was approved. */
    private static Reactor deaf(Reactor sound) {
        return new Meddled(sound) {
            @Override
            public void start(CommandGateway gateway, EventFeed feed) {
                super.start(gateway, new DeafFeed(feed));
            }
        };
    }

    private record DeafFeed(EventFeed log) implements EventFeed {
        @Override
        public OrchestrationReadModel model() {
            return log.model();
        }

        @Override
        public EventSubscription subscribe(long afterSequence) {
            return new DeafSubscription(log.subscribe(afterSequence));
        }

        @Override
        public List<StoredEvent> page(long afterSequence, int limit) {
            return log.page(afterSequence, limit);
        }
    }

    private record DeafSubscription(EventSubscription facts) implements EventSubscription {
        @Override
        public List<StoredEvent> next(Duration timeout) throws InterruptedException {
            return facts.next(timeout).stream()
                    .filter(fact -> !(fact.event() instanceof ActionApproved))
                    .toList();
        }

        @Override
        public long position() {
            return facts.position();
        }

        @Override
        public boolean isClosed() {
            return facts.isClosed();
        }

        @Override
        public void close() {
            facts.close();
        }
    }

    @ParameterizedTest(name = "by {0}")
    @MethodSource("faults")
    void a_fault_is_seen(String seenBy, UnaryOperator<Reactor> breaking) {
        var request =
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectMethod(Suite.class, seenBy))
                        .configurationParameter(DEACTIVATE_LISTENERS_PATTERN_PROPERTY_NAME, "*")
                        .build();
        var listener = new SummaryGeneratingListener();
        Suite.breaking = breaking;
        LauncherFactory.create().execute(request, listener);

        assertThat(listener.getSummary().getTestsFoundCount()).isEqualTo(1);
        assertThat(listener.getSummary().getTestsFailedCount()).isEqualTo(1);
    }
}
