package dev.stele.app.server;

import dev.stele.app.Stele;
import dev.stele.app.engine.CompactionOptions;
import dev.stele.app.report.LogReports;
import dev.stele.domain.port.LogAdministration;
import dev.stele.domain.port.LogHead;
import dev.stele.domain.port.LogProgress;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The care of the log. */
final class LogRoutes {
    private final Stele stele;
    private final LogAdministration log;

    LogRoutes(Stele stele, LogAdministration log) {
        this.stele = stele;
        this.log = log;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/log/head", _ -> json(LogReports.head(log.head()))),
                Route.get("/api/log/stats", _ -> json(LogReports.stats(log.stats()))),
                Route.post("/api/log/verify", this::verify),
                Route.post("/api/log/compact", this::compact));
    }

    private static Answer json(ObjectNode report) {
        return Answer.json(Json.bytes(report));
    }

    private Answer verify(Call call) {
        JsonNode wanted = Json.object(call.body()).get("expect");
        if (wanted == null || wanted.isNull()) {
            return json(LogReports.verification(log.verify(LogProgress.SILENT), null));
        }
        try {
            LogHead expected = LogHead.parse(wanted.asString());
            return json(
                    LogReports.verification(log.verify(expected, LogProgress.SILENT), expected));
        } catch (IllegalArgumentException e) {
            throw Problem.of(422, "InvalidInput", String.valueOf(e.getMessage()));
        }
    }

    private Answer compact(Call call) throws InterruptedException {
        return json(
                LogReports.compaction(
                        stele.compact(options(Json.object(call.body())), LogProgress.SILENT)));
    }

    private static CompactionOptions options(ObjectNode body) {
        CompactionOptions usual = CompactionOptions.USUAL;
        long keep = body.path("keep").asLong(usual.keep());
        if (keep < 0) {
            throw Problem.of(422, "InvalidInput", "keep counts events, from 0.");
        }
        return new CompactionOptions(
                age(body, "olderThan", usual.olderThan()),
                keep,
                age(body, "keepDeleted", usual.keepDeleted()),
                body.path("giveBack").asBoolean(usual.giveBack()));
    }

    private static Duration age(ObjectNode body, String name, Duration usual) {
        JsonNode age = body.get(name);
        try {
            Duration parsed = age == null ? usual : Duration.parse(age.asString());
            if (!parsed.isNegative()) {
                return parsed;
            }
        } catch (DateTimeException _) {
            // the sentence below says what an age looks like
        }
        throw Problem.of(
                422, "InvalidInput", name + " is a duration as ISO 8601 has it, such as P30D.");
    }
}
