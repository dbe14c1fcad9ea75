package dev.stele.domain.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.PlanEntry;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.ThreadId;
import dev.stele.contracts.ToolOutcome;
import dev.stele.contracts.TurnId;
import dev.stele.domain.command.OrchestrationCommand.IngestProviderEvent;
import dev.stele.domain.model.PendingAction;
import dev.stele.domain.model.TurnState;
import dev.stele.domain.tck.AgentProviderFixture.Manner;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What the reactors of a provider of real agents have to do beyond {@link ProviderConformance}:
 * agents differ in how they say the same thing, and one clean stream has to come out of it all.
 *
 * <ul>
 *   <li>Several questions may be open at once, and each gets its own answer.
 *   <li>Every tool call has one end, told or not.
 *   <li>What nobody knows is kept as a notice with all that it holds.
 *   <li>A failure that the agent tells ends the turn, with the agent's words; the next turn works.
 *   <li>Thoughts, plans and messages are kept apart.
 *   <li>What is said after a turn's end is no part of it, and not lost.
 * </ul>
 */
public abstract class AgentProviderConformance extends ProviderConformance {
    @SuppressWarnings("NullAway.Init") // filled before each test
    private AgentProviderFixture fixture;

    /** For subclasses. */
    protected AgentProviderConformance() {}

    /** {@return agents, of their own for each test} */
    protected abstract AgentProviderFixture newAgentProviderFixture();

    @Override
    protected final ProviderFixture newProviderFixture() {
        fixture = newAgentProviderFixture();
        return fixture;
    }

    private ThreadId newThread(Manner manner) {
        return newThread(newProject(), fixture.agent(manner));
    }

    private TurnId turnOf(Manner manner) {
        TurnId turnId = prompt(newThread(manner));
        assertThat(end(turnId)).isInstanceOf(TurnState.Completed.class);
        return turnId;
    }

    private List<ToolOutcome> outcomes(TurnId turnId) {
        return contents(turnId).stream()
                .filter(MessageContent.ToolResult.class::isInstance)
                .map(content -> ((MessageContent.ToolResult) content).outcome())
                .toList();
    }

    private <T extends ProviderEvent> List<T> told(Class<T> type) {
        return engine().submitted().stream()
                .filter(IngestProviderEvent.class::isInstance)
                .map(command -> ((IngestProviderEvent) command).event())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    @Test
    void two_questions_are_open_at_once_and_each_gets_its_own_answer() {
        start();
        ThreadId thread = newThread(Manner.ASKS_TWICE_AT_ONCE);
        TurnId turnId = prompt(thread);
        await("two questions", _ -> turn(turnId).pending().size() == 2);
        var asked = new ArrayList<PendingAction>(turn(turnId).pending().asJava());
        reject(thread, asked.getLast().id());
        approve(thread, asked.getFirst().id());

        assertThat(end(turnId)).isInstanceOf(TurnState.Completed.class);
        assertThat(asked.getFirst().toolCallId()).isNotEqualTo(asked.getLast().toolCallId());
        assertThat(result(turnId, asked.getFirst())).isEqualTo(ToolOutcome.SUCCEEDED);
        assertThat(result(turnId, asked.getLast())).isEqualTo(ToolOutcome.REJECTED);
    }

    private ToolOutcome result(TurnId turnId, PendingAction asked) {
        List<ToolOutcome> results =
                contents(turnId).stream()
                        .filter(MessageContent.ToolResult.class::isInstance)
                        .map(MessageContent.ToolResult.class::cast)
                        .filter(result -> result.toolCallId().equals(asked.toolCallId()))
                        .map(MessageContent.ToolResult::outcome)
                        .toList();
        assertThat(results).hasSize(1);
        return results.getFirst();
    }

    @Test
    void a_call_that_the_agent_never_ends_is_ended_with_the_turn() {
        start();
        TurnId turnId = turnOf(Manner.LEAVES_A_CALL_OPEN);

        assertThat(outcomes(turnId)).containsExactly(ToolOutcome.UNKNOWN);
    }

    @Test
    void what_nobody_knows_is_kept_as_a_notice() {
        start();
        TurnId turnId = turnOf(Manner.SPEAKS_IN_TONGUES);

        assertThat(told(ProviderEvent.Notice.class)).isNotEmpty();
        assertThat(words(turnId)).isEqualTo("done");
    }

    @Test
    void a_failure_that_the_agent_tells_fails_the_turn_in_its_words_and_the_next_one_works() {
        start();
        ThreadId thread = newThread(Manner.FAILS);
        for (int i = 0; i < 2; i++) {
            TurnId turnId = prompt(thread);
            assertThat(end(turnId))
                    .isInstanceOfSatisfying(
                            TurnState.Failed.class,
                            failed ->
                                    assertThat(failed.error().message())
                                            .contains("the model is overloaded"));
            assertThat(words(turnId)).isEqualTo("so far");
        }
    }

    @Test
    void thoughts_and_plans_are_no_words() {
        start();
        TurnId turnId = turnOf(Manner.THINKS_AND_PLANS);

        assertThat(words(turnId)).isEqualTo("done");
        assertThat(contents(turnId)).contains(new MessageContent.ThinkingBlock("hm"));
        assertThat(told(ProviderEvent.PlanUpdate.class).getLast().entries())
                .extracting(PlanEntry::content)
                .containsExactly("look", "do");
    }

    @Test
    void messages_are_kept_apart() {
        start();
        TurnId turnId = turnOf(Manner.SPEAKS_IN_MESSAGES);

        assertThat(contents(turnId))
                .containsExactly(new MessageContent.Text("one"), new MessageContent.Text("two"));
    }

    @Test
    void what_is_said_after_the_end_is_no_part_of_the_turn_and_not_lost() {
        start();
        TurnId turnId = turnOf(Manner.SPEAKS_AFTER_THE_END);
        await(
                "what came too late",
                _ ->
                        told(ProviderEvent.Notice.class).stream()
                                .anyMatch(notice -> notice.raw().contains("too late")));

        assertThat(words(turnId)).isEqualTo("in time");
    }
}
