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
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The care of the log. */
final class LogRoutes {
    private static final Duration OLDEST = Duration.ofDays(36_500);

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
        JsonNode wanted = Json.object(call.body(), "expect").get("expect");
        if (wanted == null || wanted.isNull()) {
            return json(LogReports.verification(log.verify(LogProgress.SILENT), null));
        }
        LogHead expected = expected(wanted);
        return json(LogReports.verification(log.verify(expected, LogProgress.SILENT), expected));
    }

    private static LogHead expected(JsonNode said) {
        if (!said.isString()) {
            throw invalid("expect is a head as a text.");
        }
        try {
            return LogHead.parse(said.stringValue());
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    private Answer compact(Call call) throws InterruptedException {
        return json(LogReports.compaction(stele.compact(options(call.body()), LogProgress.SILENT)));
    }

    private static CompactionOptions options(byte[] body) {
        ObjectNode said = Json.object(body, "olderThan", "keep", "keepDeleted", "giveBack");
        CompactionOptions usual = CompactionOptions.USUAL;
        return new CompactionOptions(
                age(said.get("olderThan"), usual.olderThan()),
                count(said.get("keep"), usual.keep()),
                age(said.get("keepDeleted"), usual.keepDeleted()),
                truth(said.get("giveBack"), usual.giveBack()));
    }

    private static Duration age(@Nullable JsonNode said, Duration usual) {
        if (said == null) {
            return usual;
        }
        try {
            Duration parsed = Duration.parse(said.isString() ? said.stringValue() : "");
            if (!parsed.isNegative() && parsed.compareTo(OLDEST) <= 0) {
                return parsed;
            }
        } catch (DateTimeException _) {
            // the sentence below says what an age looks like
        }
        throw invalid("An age is a duration as ISO 8601 has it, from PT0S to P36500D.");
    }

    private static long count(@Nullable JsonNode said, long usual) {
        if (said == null) {
            return usual;
        }
        if (said.isIntegralNumber() && said.canConvertToLong() && said.asLong() >= 0) {
            return said.asLong();
        }
        throw invalid("keep counts events, from 0.");
    }

    private static boolean truth(@Nullable JsonNode said, boolean usual) {
        if (said != null && !said.isBoolean()) {
            throw invalid("giveBack is true or false.");
        }
        return said == null ? usual : said.booleanValue();
    }

    private static Problem invalid(String detail) {
        return Problem.of(422, "InvalidInput", detail);
    }
}
