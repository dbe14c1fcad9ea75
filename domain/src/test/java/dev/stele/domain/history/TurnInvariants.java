package dev.stele.domain.history;

import dev.stele.contracts.ActionId;
import dev.stele.contracts.MessageContent.ToolCall;
import dev.stele.contracts.MessageContent.ToolResult;
import dev.stele.contracts.Role;
import dev.stele.contracts.TurnId;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.Message;
import dev.stele.domain.model.Message.Body;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.PendingAction;
import dev.stele.domain.model.ThreadStatus;
import dev.stele.domain.model.Transcript;
import dev.stele.domain.model.Turn;
import dev.stele.domain.model.TurnState;
import io.vavr.collection.Set;
import io.vavr.collection.Vector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What holds of every turn, and of a thread and its turns together. */
final class TurnInvariants {

    private TurnInvariants() {}

    static List<String> check(Turn turn) {
        List<String> flaws = new ArrayList<>();
        switch (turn.transcript()) {
            case Transcript.Live said -> {
                if (!turn.state().isLive()) {
                    flaws.add("a turn that is over holds no words: " + turn.id());
                }
                flaws.addAll(messages(turn.id(), said));
                flaws.addAll(approvals(turn, said));
            }
            case Transcript.Past(var first, var last, var size) -> {
                if (turn.state().isLive()) {
                    flaws.add("a live turn holds its words: " + turn.id());
                }
                if (first < 1 || first >= last || size < 1) {
                    flaws.add("a turn that is over stands in the log: " + turn.id());
                }
            }
        }
        return flaws;
    }

    /** What holds of all that was said in a turn, whether it is over or not. */
    static List<String> messages(TurnId id, Transcript.Live said) {
        List<String> flaws = new ArrayList<>();
        for (int i = 0; i < said.messages().size(); i++) {
            if (said.messages().get(i).ordinal() != i) {
                flaws.add("ordinals are dense: " + id);
            }
        }
        Message first = said.messages().get(0);
        if (first.role() != Role.USER || !(first.body() instanceof Body.Prompt)) {
            flaws.add("the prompt comes first: " + id);
        }
        flaws.addAll(calls(id, said));
        return flaws;
    }

    private static List<String> approvals(Turn turn, Transcript.Live said) {
        List<String> flaws = new ArrayList<>();
        boolean open = turn.state() instanceof TurnState.Open;
        if (!open && !said.pending().isEmpty()) {
            flaws.add("only an open turn has open approvals: " + turn.id());
        }
        Vector<ActionId> pending = said.pending().map(PendingAction::id);
        if (pending.distinct().size() != pending.size()
                || !said.askedActions().containsAll(pending)) {
            flaws.add("open approvals were asked for once: " + turn.id());
        }
        return flaws;
    }

    /** What holds of a turn's words once it is over. */
    static List<String> past(TurnId id, Transcript.Live said) {
        List<String> flaws = new ArrayList<>(messages(id, said));
        if (!said.openCalls().isEmpty()) {
            flaws.add("a turn that is over has no open calls: " + id);
        }
        if (!said.pending().isEmpty()) {
            flaws.add("a turn that is over has no open approvals: " + id);
        }
        return flaws;
    }

    /** Reads the transcript anew and compares what is remembered of its calls. */
    private static List<String> calls(TurnId id, Transcript.Live said) {
        Map<String, Integer> known = new HashMap<>();
        Map<String, Integer> open = new HashMap<>();
        List<String> flaws = new ArrayList<>();
        for (Message message : said.messages()) {
            if (message.body() instanceof Body.Whole(ToolCall call)) {
                if (known.put(call.id(), message.ordinal()) != null) {
                    flaws.add("a call is one message: " + call.id());
                }
                open.put(call.id(), message.ordinal());
            } else if (message.body() instanceof Body.Whole(ToolResult result)) {
                boolean matched = open.remove(result.toolCallId()) != null;
                if (matched == result.unmatched()) {
                    flaws.add("a result is marked when no open call is there: " + result);
                }
            }
        }
        if (!said.toolCalls().toJavaMap().equals(known)) {
            flaws.add("the known calls are listed: " + id);
        }
        if (!said.openCalls().toJavaSet().equals(new TreeSet<>(open.values()))) {
            flaws.add("the open calls are those without a result: " + id);
        }
        return flaws;
    }

    /** Status, open turn, pending approvals and draining turns tell the same. */
    static List<String> status(ChatThread thread, Set<Turn> turns) {
        Set<Turn> open = turns.filter(turn -> turn.state() instanceof TurnState.Open);
        boolean agrees =
                switch (thread.status()) {
                    case ThreadStatus.Idle() -> open.isEmpty();
                    case ThreadStatus.Running(var id) ->
                            open.size() == 1
                                    && open.forAll(t -> t.id().equals(id) && t.pending().isEmpty());
                    case ThreadStatus.AwaitingApproval(var id, var actions) ->
                            !actions.isEmpty()
                                    && open.size() == 1
                                    && open.forAll(
                                            t -> t.id().equals(id) && asked(t).equals(actions));
                };
        List<String> flaws = new ArrayList<>();
        if (!agrees) {
            flaws.add("the status tells the open turn: " + thread.id() + " " + thread.status());
        }
        Vector<TurnId> draining =
                thread.turns()
                        .filter(id ->
                                turns.exists(t ->
                                        t.id().equals(id)
                                                && t.state() instanceof TurnState.Draining));
        if (!thread.draining().equals(draining)) {
            flaws.add("the draining turns are listed, oldest first: " + thread.id());
        }
        return flaws;
    }

    private static List<ActionId> asked(Turn turn) {
        return turn.pending().map(PendingAction::id).asJava();
    }

    /** A turn is rolled back exactly when it is not among the newest one and its parents. */
    static List<String> conversation(ChatThread thread, OrchestrationReadModel model) {
        java.util.Set<TurnId> kept = new HashSet<>();
        TurnId next = thread.conversation();
        while (next != null && kept.add(next)) {
            Turn turn = model.turn(next);
            next = turn == null ? null : turn.parent();
        }
        List<String> flaws = new ArrayList<>();
        if (next != null || !thread.turns().toJavaSet().containsAll(kept)) {
            flaws.add("a conversation is a line of the thread's own turns: " + thread.id());
        }
        for (TurnId id : thread.turns()) {
            Turn turn = model.turn(id);
            if (turn != null && turn.rolledBack() == kept.contains(id)) {
                flaws.add("what is not in the conversation is rolled back: " + id);
            }
        }
        return flaws;
    }
}
