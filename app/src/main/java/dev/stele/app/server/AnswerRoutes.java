package dev.stele.app.server;

import dev.stele.app.Stele;
import dev.stele.contracts.ActionId;
import dev.stele.contracts.PermissionOption;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.ActionApproved;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.ActionRejected;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.ApprovalExpired;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.ApprovalRequested;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.Actor;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.Transcript;
import dev.stele.domain.model.Turn;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Who answered the agent's questions in a turn. The model forgets it, the log does not. */
final class AnswerRoutes {
    private static final int PAGE = 5_000;

    private final Stele stele;

    AnswerRoutes(Stele stele) {
        this.stele = stele;
    }

    List<Route> routes() {
        return List.of(Route.get("/api/turns/{turn}/answers", this::answers));
    }

    private Answer answers(Call call) {
        OrchestrationReadModel model = stele.model();
        TurnId id = call.id("turn", TurnId::new);
        Turn turn = model.turn(id);
        if (turn == null) {
            throw Problem.notFound("There is no turn " + id + ".");
        }
        ArrayNode answers = JsonNodeFactory.instance.arrayNode();
        Map<ActionId, ApprovalRequested> asked = new HashMap<>();
        long next = turn.transcript().first() - 1;
        long end = end(turn.transcript(), model);
        while (next < end) {
            List<StoredEvent> page = stele.page(next, Math.toIntExact(Math.min(PAGE, end - next)));
            if (page.isEmpty()) {
                break;
            }
            for (StoredEvent fact : page) {
                next = fact.sequence();
                if (fact.event() instanceof ApprovalEvent e && e.turnId().equals(id)) {
                    hear(e, asked, answers);
                }
            }
        }
        return Answer.json(Json.fields().put("answers", answers), model.sequence());
    }

    private static long end(Transcript transcript, OrchestrationReadModel model) {
        return switch (transcript) {
            case Transcript.Live _ -> model.sequence();
            case Transcript.Past past -> past.last();
        };
    }

    private void hear(
            ApprovalEvent event, Map<ActionId, ApprovalRequested> asked, ArrayNode answers) {
        switch (event) {
            case ApprovalRequested e -> asked.put(e.actionId(), e);
            case ActionApproved e ->
                    answers.add(
                            told(e.actionId(), asked, "approved", e.optionId(), e.by(), e.at())
                                    .node());
            case ActionRejected e ->
                    answers.add(
                            told(e.actionId(), asked, "rejected", e.optionId(), e.by(), e.at())
                                    .put("reason", e.reason())
                                    .node());
            case ApprovalExpired e ->
                    answers.add(told(e.actionId(), asked, "expired", null, null, e.at()).node());
        }
    }

    private Json.Fields told(
            ActionId id,
            Map<ActionId, ApprovalRequested> asked,
            String outcome,
            @Nullable String optionId,
            @Nullable Actor by,
            Instant at) {
        ApprovalRequested question = asked.get(id);
        return Json.fields()
                .put("actionId", id.value())
                .put("toolCallId", question == null ? null : question.toolCallId())
                .put("title", question == null ? null : question.title())
                .put("outcome", outcome)
                .put("option", question == null ? null : label(question, optionId))
                .encoded("by", by == null ? null : stele.codec().encode(by))
                .put("at", at.toString());
    }

    private static @Nullable String label(ApprovalRequested question, @Nullable String optionId) {
        return question.options().stream()
                .filter(option -> option.id().equals(optionId))
                .map(PermissionOption::label)
                .findFirst()
                .orElse(null);
    }
}
