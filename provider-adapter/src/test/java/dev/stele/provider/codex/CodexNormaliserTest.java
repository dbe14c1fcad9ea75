package dev.stele.provider.codex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.ActionId;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.PermissionOption;
import dev.stele.contracts.ProviderError;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.ProviderEvent.Notice;
import dev.stele.contracts.ProviderEvent.TextDelta;
import dev.stele.contracts.ProviderEvent.ThinkingDelta;
import dev.stele.contracts.StopReason;
import dev.stele.contracts.ToolOutput;
import dev.stele.provider.rpc.Json;
import dev.stele.provider.rpc.RpcMessage;
import dev.stele.provider.session.Heard;
import dev.stele.provider.session.Question;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules, one by one, on messages made by hand. Single quotes stand for double ones. */
class CodexNormaliserTest {
    private int questions;
    private List<RpcMessage> replies = List.of();
    private final CodexNormaliser normaliser =
            new CodexNormaliser(() -> new ActionId("question" + ++questions));

    @BeforeEach
    void open() {
        send("{'id':0,'method':'thread/start','params':{}}");
        receive("{'id':0,'result':{'thread':{'id':'t'}}}");
    }

    private void send(String json) {
        normaliser.sending(message(json));
    }

    private List<ProviderEvent> receive(String json) {
        Heard heard = normaliser.received(message(json));
        replies = heard.replies();
        return heard.events();
    }

    private static RpcMessage message(String json) {
        try {
            return Objects.requireNonNull(RpcMessage.of(Json.parse(json.replace('\'', '"'))));
        } catch (Json.NotJson e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    private void prompt() {
        send("{'id':1,'method':'turn/start','params':{}}");
        receive("{'id':1,'result':{'turn':{'id':'u'}}}");
    }

    private List<ProviderEvent> told(String method, String members) {
        return receive(
                "{'method':'%s','params':{'threadId':'t','turnId':'u',%s}}"
                        .formatted(method, members));
    }

    private List<ProviderEvent> completed(String status, String more) {
        return receive(
                "{'method':'turn/completed','params':{'threadId':'t','turn':{'id':'u','status':'%s'%s}}}"
                        .formatted(status, more));
    }

    private static ProviderEvent.TurnComplete complete(StopReason reason) {
        return new ProviderEvent.TurnComplete(reason, null, null, null);
    }

    @Test
    void a_cancel_before_the_turns_id_is_known_is_sent_when_it_is() {
        send("{'id':1,'method':'turn/start','params':{}}");
        assertThat(normaliser.cancel("silence")).isEmpty();

        receive("{'id':1,'result':{'turn':{'id':'u'}}}");
        assertThat(replies)
                .singleElement()
                .isInstanceOfSatisfying(
                        RpcMessage.Request.class,
                        request -> {
                            assertThat(request.method()).isEqualTo("turn/interrupt");
                            assertThat(Json.text(request.params(), "turnId")).isEqualTo("u");
                        });
        assertThat(completed("interrupted", ""))
                .containsExactly(
                        new ProviderEvent.TurnComplete(
                                StopReason.CANCELLED, null, "silence", null));
    }

    @Test
    void what_a_message_holds_beyond_its_pieces_is_not_lost() {
        prompt();
        assertThat(told("item/agentMessage/delta", "'itemId':'m','delta':'Hel'"))
                .containsExactly(new TextDelta("Hel", "m"));
        assertThat(told("item/completed", "'item':{'type':'agentMessage','id':'m','text':'Hello'}"))
                .containsExactly(new TextDelta("lo", "m"));
        assertThat(
                        completed(
                                "completed",
                                ",'items':[{'type':'agentMessage','id':'m','text':'Hello'},"
                                        + "{'type':'agentMessage','id':'n','text':'!'}]"))
                .containsExactly(new TextDelta("!", "n"), complete(StopReason.END_TURN));
    }

    @Test
    void reasoning_that_never_streamed_is_taken_whole() {
        prompt();
        assertThat(
                        told(
                                "item/completed",
                                "'item':{'type':'reasoning','id':'r','summary':['a','b'],"
                                        + "'content':['c']}"))
                .containsExactly(new ThinkingDelta("ab", "r"));
    }

    @Test
    void a_call_is_born_in_a_question() {
        prompt();
        assertThat(
                        receive(
                                "{'id':9,'method':'item/commandExecution/requestApproval','params':"
                                        + "{'threadId':'t','turnId':'u','itemId':'c','command':'ls'}}"))
                .hasSize(2)
                .first()
                .isInstanceOfSatisfying(
                        ProviderEvent.ToolCall.class,
                        event -> {
                            assertThat(event.call().id()).isEqualTo("c");
                            assertThat(event.call().title()).isEqualTo("ls");
                        });
    }

    @Test
    void the_decisions_on_offer_are_the_options() {
        prompt();
        receive(
                "{'id':9,'method':'item/commandExecution/requestApproval','params':"
                        + "{'itemId':'c','availableDecisions':['accept',"
                        + "{'acceptWithExecpolicyAmendment':{'execpolicy_amendment':['ls']}},"
                        + "'cancel','somethingNew']}}");
        var question = normaliser.questions().getFirst();

        assertThat(question.options())
                .extracting(PermissionOption::kind)
                .containsExactly(
                        PermissionOption.Kind.ALLOW_ONCE,
                        PermissionOption.Kind.ALLOW_ALWAYS,
                        PermissionOption.Kind.REJECT_ONCE,
                        PermissionOption.Kind.OTHER);
        assertThat(
                        Objects.requireNonNull(
                                        normaliser.answer(
                                                question, "acceptWithExecpolicyAmendment"))
                                .result()
                                .toString())
                .isEqualTo(
                        "{\"decision\":{\"acceptWithExecpolicyAmendment\":"
                                + "{\"execpolicy_amendment\":[\"ls\"]}}}");
    }

    @Test
    void permissions_are_granted_as_they_were_asked_for_or_not_at_all() {
        prompt();
        receive(
                "{'id':9,'method':'item/permissions/requestApproval','params':"
                        + "{'itemId':'c','permissions':{'network':{'enabled':true}}}}");
        var question = normaliser.questions().getFirst();

        assertThat(result(question, "session"))
                .isEqualTo(
                        "{\"scope\":\"session\",\"permissions\":{\"network\":{\"enabled\":true}}}");
        assertThat(result(question, null)).isEqualTo("{\"scope\":\"turn\",\"permissions\":{}}");
    }

    private String result(Question question, @Nullable String option) {
        return Json.write(Objects.requireNonNull(normaliser.answer(question, option)).result());
    }

    @Test
    void a_question_that_codex_closes_is_withdrawn() {
        prompt();
        receive("{'id':9,'method':'item/fileChange/requestApproval','params':{'itemId':'c'}}");

        assertThat(told("serverRequest/resolved", "'requestId':9"))
                .containsExactly(new ProviderEvent.ApprovalWithdrawn(new ActionId("question1")));
        assertThat(told("serverRequest/resolved", "'requestId':9")).isEmpty();
    }

    @Test
    void an_unknown_request_is_refused_and_kept() {
        assertThat(receive("{'id':9,'method':'item/tool/call','params':{}}"))
                .containsExactly(new Notice("item/tool/call", "{}"));
        assertThat(replies)
                .singleElement()
                .isInstanceOfSatisfying(
                        RpcMessage.Failure.class,
                        failure -> assertThat(failure.code()).isEqualTo(-32601));
    }

    @Test
    void an_error_that_is_not_tried_again_is_the_reason_of_a_failure_without_one() {
        prompt();
        assertThat(
                        told(
                                "error",
                                "'willRetry':false,'error':{'message':'full',"
                                        + "'codexErrorInfo':'contextWindowExceeded'}"))
                .isEmpty();
        assertThat(completed("failed", ",'error':null"))
                .singleElement()
                .isInstanceOfSatisfying(
                        ProviderEvent.Error.class,
                        end -> {
                            assertThat(end.error().kind()).isEqualTo(ProviderError.Kind.CONTEXT);
                            assertThat(end.error().providerCode())
                                    .isEqualTo("contextWindowExceeded");
                        });
    }

    @Test
    void what_another_thread_or_turn_says_is_a_notice() {
        prompt();
        assertThat(
                        receive(
                                "{'method':'item/agentMessage/delta','params':"
                                        + "{'threadId':'other','itemId':'m','delta':'x'}}"))
                .singleElement()
                .isInstanceOf(Notice.class);
        assertThat(
                        receive(
                                "{'method':'turn/completed','params':{'threadId':'t','turn':"
                                        + "{'id':'old','status':'completed'}}}"))
                .singleElement()
                .isInstanceOf(Notice.class);
        assertThat(normaliser.isInTurn()).isTrue();
    }

    @Test
    void a_turn_that_is_refused_has_failed() {
        send("{'id':1,'method':'turn/start','params':{}}");
        assertThat(receive("{'id':1,'error':{'code':-32600,'message':'no'}}"))
                .singleElement()
                .isInstanceOf(ProviderEvent.Error.class);
        assertThat(normaliser.isInTurn()).isFalse();
    }

    @Test
    void a_changed_file_is_shown_before_and_after_hunk_by_hunk() throws Json.NotJson {
        var change =
                Json.parse(
                        "{\"path\":\"a\",\"kind\":{\"type\":\"update\",\"move_path\":null},\"diff\":"
                                + "\"@@ -1,2 +1,2 @@\\n # demo\\n-old\\n+new\\n@@ -9 +9 @@\\n-x\\n+y\\n\"}");

        assertThat(Diffs.of(change))
                .containsExactly(
                        new ToolOutput.Diff("a", "# demo\nold\n", "# demo\nnew\n"),
                        new ToolOutput.Diff("a", "x\n", "y\n"));
    }

    @Test
    void a_change_that_cannot_be_read_is_kept_as_it_came() throws Json.NotJson {
        String moved =
                "{\"path\":\"a\",\"kind\":{\"type\":\"update\",\"move_path\":\"b\"},\"diff\":\"\"}";

        assertThat(Diffs.of(Json.parse(moved))).containsExactly(new ToolOutput.RawOutput(moved));
    }

    @Test
    void a_turns_usage_is_what_the_threads_has_grown_by() {
        prompt();
        told("thread/tokenUsage/updated", usage(100, 100));
        completed("completed", "");
        prompt();

        assertThat(told("thread/tokenUsage/updated", usage(130, 30)))
                .singleElement()
                .isInstanceOfSatisfying(
                        ProviderEvent.UsageUpdate.class,
                        update -> assertThat(update.usage().total()).isEqualTo(30));
    }

    @Test
    void what_a_thread_used_before_it_was_gone_on_with_is_not_the_turns() {
        send("{'id':5,'method':'thread/resume','params':{}}");
        receive("{'id':5,'result':{'thread':{'id':'t'}}}");
        prompt();

        assertThat(told("thread/tokenUsage/updated", usage(130, 30)))
                .singleElement()
                .isInstanceOfSatisfying(
                        ProviderEvent.UsageUpdate.class,
                        update -> {
                            assertThat(update.usage().total()).isEqualTo(30);
                            assertThat(update.usage().contextSize()).isEqualTo(1000);
                        });
    }

    private static String usage(int total, int last) {
        return "'tokenUsage':{'total':{'totalTokens':%d},'last':{'totalTokens':%d},'modelContextWindow':1000}"
                .formatted(total, last);
    }

    @Test
    void output_that_streamed_is_the_result_of_a_call_without_one() {
        prompt();
        told("item/started", "'item':{'type':'commandExecution','id':'c','status':'inProgress'}");
        told("item/commandExecution/outputDelta", "'itemId':'c','delta':'out'");

        assertThat(
                        told(
                                "item/completed",
                                "'item':{'type':'commandExecution','id':'c','status':'failed',"
                                        + "'exitCode':3}"))
                .last()
                .isInstanceOfSatisfying(
                        ProviderEvent.ToolResult.class,
                        end -> {
                            MessageContent.ToolResult result = end.result();
                            assertThat(result.output()).isEqualTo("out");
                            assertThat(result.exitCode()).isEqualTo(3);
                        });
    }
}
