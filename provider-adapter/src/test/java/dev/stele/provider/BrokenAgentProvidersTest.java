package dev.stele.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.launcher.LauncherConstants.DEACTIVATE_LISTENERS_PATTERN_PROPERTY_NAME;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ProviderError;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.ToolOutcome;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.command.OrchestrationCommand.IngestProviderEvent;
import dev.stele.domain.port.CommandEnvelope;
import dev.stele.domain.port.CommandGateway;
import dev.stele.domain.port.DispatchResult;
import dev.stele.domain.port.EventFeed;
import dev.stele.domain.port.Reactor;
import dev.stele.domain.tck.AgentProviderConformance;
import dev.stele.domain.tck.AgentProviderFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Proves the suite for agents: what a provider mishears is seen by the test that is for it. */
class BrokenAgentProvidersTest {

    /** The suite with a provider that mishears. Runs only from here, one after the other. */
    static class Suite extends AgentProviderConformance {
        private static UnaryOperator<ProviderEvent> mishearing = UnaryOperator.identity();

        @TempDir Path folder;

        @Override
        protected AgentProviderFixture newAgentProviderFixture() {
            return new Broken(new ScriptedProviderTest.Scripts(folder), mishearing);
        }
    }

    private record Broken(AgentProviderFixture sound, UnaryOperator<ProviderEvent> mishearing)
            implements AgentProviderFixture {
        @Override
        public List<Reactor> open() {
            return sound.open().stream()
                    .<Reactor>map(reactor -> new Mishearing(reactor, mishearing))
                    .toList();
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
        public String agent(Manner manner) {
            return sound.agent(manner);
        }

        @Override
        public Duration patience() {
            return Duration.ofSeconds(15);
        }

        @Override
        public void close() {
            sound.close();
        }
    }

    /** A provider that works, but what its agents say is changed on the way. */
    private record Mishearing(Reactor sound, UnaryOperator<ProviderEvent> mishearing)
            implements Reactor {
        @Override
        public String name() {
            return sound.name();
        }

        @Override
        public void start(CommandGateway gateway, EventFeed feed) {
            sound.start(new Gateway(gateway, mishearing), feed);
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

    private record Gateway(CommandGateway log, UnaryOperator<ProviderEvent> mishearing)
            implements CommandGateway {
        @Override
        public CompletableFuture<DispatchResult> dispatch(CommandEnvelope envelope) {
            return log.dispatch(envelope);
        }

        @Override
        public CompletableFuture<DispatchResult> submit(OrchestrationCommand command)
                throws InterruptedException {
            return log.submit(
                    command instanceof IngestProviderEvent said
                            ? new IngestProviderEvent(
                                    said.threadId(),
                                    said.turnId(),
                                    said.providerSequence(),
                                    mishearing.apply(said.event()),
                                    said.at())
                            : command);
        }
    }

    private static final ProviderEvent NOTHING = new ProviderEvent.TextDelta("", null);

    static Stream<Arguments> faults() {
        return Stream.of(
                fault(
                        "two_questions_are_open_at_once_and_each_gets_its_own_answer",
                        event ->
                                event instanceof ProviderEvent.AwaitingApproval asked
                                        ? new ProviderEvent.AwaitingApproval(
                                                asked.actionId(),
                                                "a",
                                                asked.title(),
                                                asked.options())
                                        : event),
                fault(
                        "a_call_that_the_agent_never_ends_is_ended_with_the_turn",
                        event ->
                                event instanceof ProviderEvent.ToolCall(var call)
                                        ? new ProviderEvent.ToolResult(
                                                MessageContent.ToolResult.of(
                                                        call.id(), null, ToolOutcome.SUCCEEDED))
                                        : event),
                fault(
                        "what_nobody_knows_is_kept_as_a_notice",
                        event -> event instanceof ProviderEvent.Notice ? NOTHING : event),
                fault(
                        "a_failure_that_the_agent_tells_fails_the_turn_in_its_words_and_the_next_one_works",
                        event ->
                                event instanceof ProviderEvent.Error(var error)
                                        ? new ProviderEvent.Error(
                                                ProviderError.of(
                                                        error.scope(), error.kind(), "It failed."))
                                        : event),
                fault(
                        "thoughts_and_plans_are_no_words",
                        event ->
                                event instanceof ProviderEvent.ThinkingDelta(var text, var id)
                                        ? new ProviderEvent.TextDelta(text, id)
                                        : event),
                fault(
                        "messages_are_kept_apart",
                        event ->
                                event instanceof ProviderEvent.TextDelta(var text, _)
                                        ? new ProviderEvent.TextDelta(text, null)
                                        : event),
                fault(
                        "what_is_said_after_the_end_is_no_part_of_the_turn_and_not_lost",
                        event ->
                                event instanceof ProviderEvent.Notice
                                        ? new ProviderEvent.Notice("late", "{}")
                                        : event));
    }

    private static Arguments fault(String seenBy, UnaryOperator<ProviderEvent> mishearing) {
        return Arguments.of(seenBy, mishearing);
    }

    @ParameterizedTest(name = "by {0}")
    @MethodSource("faults")
    void a_fault_is_seen(String seenBy, UnaryOperator<ProviderEvent> mishearing) {
        var request =
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectMethod(Suite.class, seenBy))
                        .configurationParameter(DEACTIVATE_LISTENERS_PATTERN_PROPERTY_NAME, "*")
                        .build();
        var listener = new SummaryGeneratingListener();
        Suite.mishearing = mishearing;
        LauncherFactory.create().execute(request, listener);

        assertThat(listener.getSummary().getTestsFoundCount()).isEqualTo(1);
        assertThat(listener.getSummary().getTestsFailedCount()).isEqualTo(1);
    }
}
