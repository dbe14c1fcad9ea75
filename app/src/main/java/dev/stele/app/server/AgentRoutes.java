package dev.stele.app.server;

import dev.stele.domain.port.AgentDirectory;
import dev.stele.domain.port.AgentDirectory.Answer.*;
import dev.stele.domain.port.Codec;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The agents that threads can name, and whether one can be prompted. */
final class AgentRoutes {
    private final Codec codec;
    private final AgentDirectory agents;

    AgentRoutes(Codec codec, AgentDirectory agents) {
        this.codec = codec;
        this.agents = agents;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/agents", _ -> Answer.json(codec.encode(agents.known()))),
                Route.post("/api/agents/ask", this::ask));
    }

    /** A POST, since it starts a program. */
    private Answer ask(Call call) throws InterruptedException {
        JsonNode agent = Json.object(call.body(), "agent").get("agent");
        if (agent == null || !agent.isString() || agent.stringValue().isBlank()) {
            throw Problem.of(422, "InvalidInput", "Say in agent which agent is meant.");
        }
        Json.Fields told = Json.fields();
        switch (agents.ask(agent.stringValue())) {
            case Ready(var version) -> told.put("state", "ready").put("version", version);
            case LoginMissing(var message) ->
                    told.put("state", "login_missing").put("message", message);
            case Unusable(var message) -> told.put("state", "unusable").put("message", message);
        }
        return Answer.json(told.bytes());
    }
}
