package dev.stele.provider.acp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.ActionId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.PermissionOption;
import dev.stele.contracts.ProviderError;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.ProviderEvent.Notice;
import dev.stele.contracts.ProviderEvent.SessionUpdate;
import dev.stele.contracts.ProviderEvent.TextDelta;
import dev.stele.contracts.ProviderEvent.ThinkingDelta;
import dev.stele.contracts.StopReason;
import dev.stele.contracts.ToolKind;
import dev.stele.provider.rpc.Json;
import dev.stele.provider.rpc.RpcMessage;
import dev.stele.provider.session.Question;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules, one by one, on messages made by hand. Single quotes stand for double ones. */
class AcpNormaliserTest {
    private int questions;
    private final AcpNormaliser normaliser =
            new AcpNormaliser(() -> new ActionId("question" + ++questions), Set.of());

    @BeforeEach
    void open() {
        send("{'id':0,'method':'initialize','params':{}}");
        receive("{'id':0,'result':{'agentInfo':{'name':'test'}}}");
        send("{'id':1,'method':'session/new','params':{}}");
        receive("{'id':1,'result':{'sessionId':'s','modes':{'currentModeId':'m'}}}");
    }

    private void prompt() {
        send("{'id':2,'method':'session/prompt','params':{}}");
    }

    private void send(String json) {
        normaliser.sending(message(json));
    }

    private List<ProviderEvent> receive(String json) {
        return normaliser.received(message(json)).events();
    }

    private List<ProviderEvent> update(String json) {
        return receive(
                "{'method':'session/update','params':{'sessionId':'s','update':%s}}"
                        .formatted(json));
    }

    private List<ProviderEvent> end() {
        return receive("{'id':2,'result':{'stopReason':'end_turn'}}");
    }

    private static RpcMessage message(String json) {
        try {
            return Objects.requireNonNull(RpcMessage.of(Json.parse(json.replace('\'', '"'))));
        } catch (Json.NotJson e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    private static ProviderEvent.TurnComplete complete(StopReason reason) {
        return new ProviderEvent.TurnComplete(reason, null, null, null);
    }

    @Test
    void a_new_session_is_told_with_its_id_and_mode() {
        send("{'id':1,'method':'session/new','params':{}}");

        assertThat(receive("{'id':1,'result':{'sessionId':'t','modes':{'currentModeId':'m'}}}"))
                .singleElement()
                .isInstanceOfSatisfying(
                        SessionUpdate.class,
                        news -> {
                            assertThat(news.sessionId()).isEqualTo("t");
                            assertThat(news.modeId()).isEqualTo("m");
                        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"session/load", "session/resume"})
    void what_a_session_that_goes_on_says_before_it_is_prompted_was_said_before(String method) {
        send("{'id':1,'method':'%s','params':{'sessionId':'s'}}".formatted(method));
        assertThat(chunk("agent_message_chunk", "before")).isEmpty();
        assertThat(receive("{'id':1,'result':{}}")).hasSize(1);
        assertThat(chunk("agent_message_chunk", "late")).isEmpty();
        assertThat(update("{'sessionUpdate':'tool_call','toolCallId':'c','title':'t'}")).isEmpty();
        assertThat(update("{'sessionUpdate':'current_mode_update','currentModeId':'n'}"))
                .containsExactly(new SessionUpdate(null, null, "n", null, null));
        prompt();

        assertThat(chunk("agent_message_chunk", "now")).containsExactly(new TextDelta("now", "x"));
    }

    @Test
    void what_is_told_after_loading_and_before_the_next_prompt_was_said_before() {
        send("{'id':1,'method':'session/load','params':{'sessionId':'s'}}");
        receive("{'id':1,'result':{}}");

        assertThat(chunk("agent_message_chunk", "old")).isEmpty();
        prompt();
        assertThat(chunk("agent_message_chunk", "new")).containsExactly(new TextDelta("new", "x"));
    }

    @Test
    void a_surrogate_pair_cut_in_two_is_joined() {
        prompt();
        assertThat(chunk("agent_message_chunk", "a\\ud83d"))
                .containsExactly(new TextDelta("a", "x"));
        assertThat(chunk("agent_message_chunk", "\\ude00b"))
                .containsExactly(new TextDelta("😀b", "x"));
    }

    @Test
    void half_a_surrogate_pair_that_stays_alone_is_not_lost() {
        prompt();
        assertThat(chunk("agent_message_chunk", "\\ud83d")).isEmpty();

        assertThat(end())
                .containsExactly(new TextDelta("\ud83d", "x"), complete(StopReason.END_TURN));
    }

    @Test
    void half_a_surrogate_pair_does_not_reach_into_another_message() {
        prompt();
        chunk("agent_message_chunk", "\\ud83d");

        assertThat(chunk("agent_thought_chunk", "\\ude00"))
                .containsExactly(new TextDelta("\ud83d", "x"), new ThinkingDelta("\ude00", "x"));
    }

    private List<ProviderEvent> chunk(String kind, String text) {
        return update(
                "{'sessionUpdate':'%s','messageId':'x','content':{'type':'text','text':'%s'}}"
                        .formatted(kind, text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"notice", "compaction_update", "something_new"})
    void an_unknown_update_is_kept_as_a_notice(String kind) {
        prompt();

        assertThat(update("{'sessionUpdate':'%s','a':1.50}".formatted(kind)))
                .containsExactly(
                        new Notice(kind, "{\"sessionUpdate\":\"%s\",\"a\":1.50}".formatted(kind)));
    }

    @Test
    void an_unknown_notification_and_an_unknown_request_are_kept_as_notices() {
        assertThat(receive("{'method':'_auth/status','params':[1]}"))
                .containsExactly(new Notice("_auth/status", "[1]"));
        assertThat(receive("{'id':9,'method':'craft/drain'}"))
                .containsExactly(new Notice("craft/drain", "null"));
    }

    @Test
    void content_of_a_kind_that_is_no_text_is_kept_as_a_notice() {
        prompt();

        assertThat(
                        update(
                                "{'sessionUpdate':'agent_message_chunk',"
                                        + "'content':{'type':'image','data':'AA=='}}"))
                .singleElement()
                .isInstanceOf(Notice.class);
    }

    @Test
    void unknown_kinds_of_tools_contents_and_reasons_are_taken_as_such() {
        prompt();
        assertThat(
                        update(
                                "{'sessionUpdate':'tool_call','toolCallId':'c','title':'T',"
                                        + "'kind':'teleport','status':'dreaming',"
                                        + "'content':[{'type':'hologram'}]}"))
                .singleElement()
                .isInstanceOfSatisfying(
                        ProviderEvent.ToolCall.class,
                        event -> {
                            assertThat(event.call().kind()).isEqualTo(ToolKind.OTHER);
                            assertThat(event.call().status()).isNull();
                            assertThat(event.call().content()).hasSize(1);
                        });
        assertThat(receive("{'id':2,'result':{'stopReason':'bored'}}"))
                .containsExactly(
                        new ProviderEvent.TurnComplete(StopReason.UNKNOWN, "bored", null, null));
    }

    @Test
    void words_after_the_end_are_notices_only() {
        prompt();
        end();

        assertThat(chunk("agent_message_chunk", "late")).singleElement().isInstanceOf(Notice.class);
        assertThat(update("{'sessionUpdate':'tool_call','toolCallId':'c','title':'T'}"))
                .singleElement()
                .isInstanceOf(Notice.class);
    }

    @Test
    void a_turn_ends_once() {
        prompt();
        assertThat(end()).containsExactly(complete(StopReason.END_TURN));

        assertThat(end()).singleElement().isInstanceOf(Notice.class);
        assertThat(normaliser.broken(error())).isEmpty();
    }

    @Test
    void a_process_that_ends_outside_a_turn_is_no_error() {
        assertThat(normaliser.broken(error())).isEmpty();
        prompt();
        assertThat(normaliser.broken(error())).containsExactly(new ProviderEvent.Error(error()));
    }

    private static ProviderError error() {
        return ProviderError.of(
                ProviderError.Scope.PROCESS, ProviderError.Kind.CRASH, "it is gone");
    }

    @Test
    void a_call_that_is_first_seen_in_a_question_is_told_first() {
        prompt();

        assertThat(ask(7, "c"))
                .containsExactly(
                        new ProviderEvent.ToolCall(
                                new MessageContent.ToolCall(
                                        "c", null, null, "Do it", null, null, null, null, null)),
                        new ProviderEvent.AwaitingApproval(
                                new ActionId("question1"),
                                "c",
                                "Do it",
                                List.of(
                                        new PermissionOption(
                                                "y", "Yes", PermissionOption.Kind.ALLOW_ONCE),
                                        new PermissionOption(
                                                "n", "No", PermissionOption.Kind.REJECT_ONCE))));
    }

    private List<ProviderEvent> ask(int id, String call) {
        return receive(
                ("{'id':%d,'method':'session/request_permission','params':{'sessionId':'s',"
                                + "'toolCall':{'toolCallId':'%s','title':'Do it'},'options':["
                                + "{'optionId':'y','name':'Yes','kind':'allow_once'},"
                                + "{'name':'nameless','kind':'allow_once'},"
                                + "{'optionId':'n','name':'No','kind':'reject_once'}]}}")
                        .formatted(id, call));
    }

    private void answer(int id, String option) {
        send(
                "{'id':%d,'result':{'outcome':{'outcome':'selected','optionId':'%s'}}}"
                        .formatted(id, option));
    }

    @Test
    void several_questions_may_be_open_at_once() {
        prompt();
        ask(7, "c");
        ask(8, "d");
        assertThat(normaliser.questions()).hasSize(2);
        answer(8, "y");

        assertThat(normaliser.questions())
                .extracting(Question::actionId)
                .containsExactly(new ActionId("question1"));
    }

    @Test
    void a_call_that_fails_after_its_approval_was_rejected_is_rejected() {
        prompt();
        ask(7, "c");
        answer(7, "n");

        assertThat(ended("c", "failed")).isEqualTo("REJECTED failed");
        assertThat(end()).containsExactly(complete(StopReason.END_TURN));
    }

    @Test
    void a_call_that_fails_without_a_rejection_has_failed() {
        prompt();
        ask(7, "c");
        answer(7, "y");

        assertThat(ended("c", "failed")).isEqualTo("FAILED null");
    }

    @Test
    void a_turn_that_is_cancelled_since_we_rejected_says_so() {
        prompt();
        ask(7, "c");
        answer(7, "n");

        assertThat(receive("{'id':2,'result':{'stopReason':'cancelled'}}"))
                .containsExactly(
                        new ProviderEvent.TurnComplete(
                                StopReason.CANCELLED, null, "rejected", null));
    }

    @Test
    void a_call_that_ends_after_our_cancel_is_cancelled_whatever_it_says() {
        prompt();
        update("{'sessionUpdate':'tool_call','toolCallId':'c','title':'T'}");
        send("{'method':'session/cancel','params':{}}");

        assertThat(ended("c", "completed")).isEqualTo("CANCELLED completed");
        assertThat(end())
                .containsExactly(
                        new ProviderEvent.TurnComplete(
                                StopReason.CANCELLED, "end_turn", null, null));
    }

    private String ended(String call, String status) {
        for (ProviderEvent event :
                update(
                        "{'sessionUpdate':'tool_call_update','toolCallId':'%s','status':'%s'}"
                                .formatted(call, status))) {
            if (event instanceof ProviderEvent.ToolResult(var result)) {
                return result.outcome() + " " + result.rawStatus();
            }
        }
        return "no result";
    }

    @Test
    void a_question_after_our_cancel_is_not_put_to_anyone() {
        prompt();
        send("{'method':'session/cancel','params':{}}");

        assertThat(ask(7, "c")).hasSize(1).first().isInstanceOf(ProviderEvent.ToolCall.class);
        assertThat(normaliser.questions()).isEmpty();
    }

    @Test
    void a_question_outside_a_turn_is_a_notice() {
        assertThat(ask(7, "c")).singleElement().isInstanceOf(Notice.class);
        assertThat(normaliser.questions()).isEmpty();
    }

    @Test
    void a_question_that_the_agent_takes_back_is_withdrawn() {
        prompt();
        ask(7, "c");

        assertThat(receive("{'method':'$/cancel_request','params':{'requestId':7}}"))
                .containsExactly(new ProviderEvent.ApprovalWithdrawn(new ActionId("question1")));
        assertThat(normaliser.questions()).isEmpty();
        assertThat(receive("{'method':'$/cancel_request','params':{'requestId':7}}")).isEmpty();
    }

    @Test
    void a_prompt_refused_after_our_cancel_is_cancelled() {
        prompt();
        send("{'method':'session/cancel','params':{}}");

        assertThat(receive("{'id':2,'error':{'code':-32800,'message':'cancelled'}}"))
                .containsExactly(
                        new ProviderEvent.TurnComplete(StopReason.CANCELLED, "-32800", null, null));
    }

    @Test
    void a_cancel_of_ours_has_its_cause() {
        prompt();
        assertThat(normaliser.cancelBecause("silence")).isTrue();
        send("{'method':'session/cancel','params':{}}");

        assertThat(receive("{'id':2,'result':{'stopReason':'cancelled'}}"))
                .containsExactly(
                        new ProviderEvent.TurnComplete(
                                StopReason.CANCELLED, null, "silence", null));
    }

    @Test
    void an_update_that_tells_nothing_new_means_nothing() {
        prompt();
        String call =
                "{'sessionUpdate':'%s','toolCallId':'c','title':'T','status':'in_progress',"
                        + "'rawInput':{'a':1}}";
        assertThat(update(call.formatted("tool_call"))).hasSize(1);

        assertThat(update(call.formatted("tool_call_update"))).isEmpty();
    }

    @Test
    void a_call_that_ends_twice_has_one_result() {
        prompt();
        assertThat(ended("c", "completed")).isEqualTo("SUCCEEDED null");

        assertThat(ended("c", "failed")).isEqualTo("no result");
    }

    @Test
    void what_a_subsession_says_is_kept_as_a_notice() {
        prompt();

        assertThat(
                        receive(
                                "{'method':'session/update','params':{'sessionId':'other',"
                                        + "'update':{'sessionUpdate':'agent_message_chunk',"
                                        + "'content':{'type':'text','text':'x'}}}}"))
                .singleElement()
                .isInstanceOf(Notice.class);
    }

    @Test
    void a_plan_is_taken_whole() {
        prompt();

        assertThat(
                        update(
                                "{'sessionUpdate':'plan','entries':[{'content':'a',"
                                        + "'status':'in_progress','priority':'high'},{}]}"))
                .singleElement()
                .isInstanceOfSatisfying(
                        ProviderEvent.PlanUpdate.class,
                        plan -> {
                            assertThat(plan.entries()).hasSize(2);
                            assertThat(plan.entries().getFirst().status()).isEqualTo("in_progress");
                        });
    }

    @Test
    void usage_in_an_empty_chunk_is_usage() {
        prompt();

        assertThat(
                        update(
                                "{'sessionUpdate':'agent_message_chunk','content':{'type':'text',"
                                        + "'text':''},'_meta':{'usage':{'inputTokens':3}}}"))
                .singleElement()
                .isInstanceOf(ProviderEvent.UsageUpdate.class);
    }
}
