package dev.stele.app.server;

import dev.stele.app.Stele;
import dev.stele.contracts.CheckpointId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.model.ChangeSelection;
import dev.stele.domain.port.Codec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What changed in files, and what a restore would change. */
final class ChangeRoutes {
    private final Stele stele;
    private final Codec codec;

    ChangeRoutes(Stele stele) {
        this.stele = stele;
        this.codec = stele.codec();
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/turns/{turn}/diff", this::ofTurn),
                Route.get("/api/diff", this::between, "from", "to"),
                Route.get("/api/checkpoints/{checkpoint}/restore-plan", this::plan, "selection"));
    }

    private Answer ofTurn(Call call) {
        TurnId turn = call.id("turn", TurnId::new);
        if (stele.model().turn(turn) == null) {
            throw Problem.notFound("There is no turn " + turn + ".");
        }
        return Answer.json(codec.encode(stele.changes().of(turn)));
    }

    private Answer between(Call call) {
        CheckpointId from = call.required("from", CheckpointId::new);
        CheckpointId to = call.queried("to", CheckpointId::new);
        return Answer.json(
                codec.encode(
                        to == null
                                ? stele.changes().since(from)
                                : stele.changes().between(from, to)));
    }

    private Answer plan(Call call) {
        CheckpointId checkpoint = call.id("checkpoint", CheckpointId::new);
        return Answer.json(
                codec.encode(
                        stele.changes()
                                .restoring(checkpoint, selection(call.query().get("selection")))));
    }

    private static @Nullable ChangeSelection selection(@Nullable String word) {
        return switch (word) {
            case null -> null;
            case "own" -> new ChangeSelection.Own();
            case "all" -> new ChangeSelection.All();
            default -> throw Problem.malformed("selection is own or all.");
        };
    }
}
