package dev.stele.app.server;

import dev.stele.app.Stele;
import java.util.List;

/** The server itself: whether it is well, and what it counts. */
final class ServerRoutes {
    private final Stele stele;
    private final Metrics metrics;
    private final EventHub hub;

    ServerRoutes(Stele stele, Metrics metrics, EventHub hub) {
        this.stele = stele;
        this.metrics = metrics;
        this.hub = hub;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/health", _ -> health()),
                Route.get(
                        "/metrics",
                        _ ->
                                Answer.text(
                                        Exposition.TYPE,
                                        Exposition.of(stele.model(), metrics, hub.size()))));
    }

    private Answer health() {
        long sequence = stele.model().sequence();
        return Answer.json(
                Json.fields()
                        .put("status", "ok")
                        .put("version", Version.TEXT)
                        .put("sequence", sequence),
                sequence);
    }
}
