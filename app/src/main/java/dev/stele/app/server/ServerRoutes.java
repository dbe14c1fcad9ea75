package dev.stele.app.server;

import dev.stele.app.Stele;
import dev.stele.app.config.ServerToken;
import dev.stele.app.config.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** The server itself: whether it is well, and what it counts. */
final class ServerRoutes {
    private final Stele stele;
    private final Metrics metrics;
    private final EventHub hub;
    private final ServerToken token;

    ServerRoutes(Stele stele, Metrics metrics, EventHub hub, ServerToken token) {
        this.token = token;
        this.stele = stele;
        this.metrics = metrics;
        this.hub = hub;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/health", this::health, "nonce"),
                Route.get("/api/openapi.json", _ -> Answer.json(description())),
                Route.get(
                        "/metrics",
                        _ ->
                                Answer.text(
                                        Exposition.TYPE,
                                        Exposition.of(
                                                stele.model(),
                                                metrics,
                                                hub.size(),
                                                stele.home().store()))));
    }

    private static byte[] description() {
        try (InputStream in = ServerRoutes.class.getResourceAsStream("openapi.json")) {
            return Objects.requireNonNull(in, "it is part of this program").readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("The description cannot be read", e);
        }
    }

    /** With a nonce it proves that it knows the token, without telling it. */
    private Answer health(Call call) {
        String nonce = call.query().get("nonce");
        long sequence = stele.model().sequence();
        return Answer.json(
                Json.fields()
                        .put("status", "ok")
                        .put("version", Version.TEXT)
                        .put("sequence", sequence)
                        .put("proof", nonce == null ? null : token.proof(nonce)),
                sequence);
    }
}
