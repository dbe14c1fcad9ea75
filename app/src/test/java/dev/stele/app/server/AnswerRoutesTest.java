package dev.stele.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.app.support.Commands;
import dev.stele.contracts.ActionId;
import dev.stele.contracts.PermissionOption;
import dev.stele.contracts.ProviderEvent;
import dev.stele.domain.command.OrchestrationCommand.ApprovePendingAction;
import dev.stele.domain.command.OrchestrationCommand.RejectPendingAction;
import dev.stele.domain.model.Actor;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Who answered agents' questions. */
class AnswerRoutesTest {
    private final ServerRig rig;

    AnswerRoutesTest(@TempDir Path folder) {
        this.rig = new ServerRig(folder).withTurn();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private ActionId asks(long number) {
        var action = new ActionId("action-" + number);
        rig.send(
                Commands.reports(
                        number,
                        new ProviderEvent.AwaitingApproval(
                                action,
                                "call-" + number,
                                "May I?",
                                List.of(
                                        new PermissionOption(
                                                "yes",
                                                "Allow",
                                                PermissionOption.Kind.ALLOW_ONCE)))));
        return action;
    }

    private void approve(ActionId action, Actor by) {
        rig.send(new ApprovePendingAction(Commands.THREAD, action, "yes", by, Commands.AT));
    }

    @Test
    void who_answered_is_told_also_when_the_turn_is_over() {
        approve(asks(1), Actor.policy("project policy, rule 1: allow:edit"));
        rig.send(
                new RejectPendingAction(
                        Commands.THREAD, asks(2), null, "no", Actor.person("Ada"), Commands.AT));
        JsonNode live = rig.json("/api/turns/turn-1/answers").path("answers");
        asks(3);
        rig.send(Commands.ends(4));
        rig.send(Commands.turn(2));

        JsonNode answers = rig.json("/api/turns/turn-1/answers").path("answers");

        assertThat(live.size()).isEqualTo(2);
        assertThat(answers.findValuesAsString("outcome"))
                .containsExactly("approved", "rejected", "expired");
        JsonNode first = answers.get(0);
        assertThat(first.path("toolCallId").asString()).isEqualTo("call-1");
        assertThat(first.path("option").asString()).isEqualTo("Allow");
        assertThat(first.path("by"))
                .hasToString(
                        "{\"kind\":\"policy\",\"name\":\"project policy, rule 1: allow:edit\"}");
        assertThat(answers.get(1).path("reason").asString()).isEqualTo("no");
        assertThat(rig.json("/api/turns/turn-2/answers").path("answers").size()).isZero();
        assertThat(rig.get("/api/turns/none/answers").statusCode()).isEqualTo(404);
    }
}
