package dev.stele.app.report;

import dev.stele.app.engine.CompactionReport;
import dev.stele.domain.port.LogHead;
import dev.stele.domain.port.LogStats;
import dev.stele.domain.port.LogStats.TypeStats;
import dev.stele.domain.port.LogStats.UnknownPart;
import dev.stele.domain.port.LogVerification;
import dev.stele.domain.port.LogVerification.Broken;
import dev.stele.domain.port.LogVerification.Compacted;
import dev.stele.domain.port.LogVerification.Cut;
import dev.stele.domain.port.LogVerification.Fault;
import dev.stele.domain.port.LogVerification.Lossy;
import dev.stele.domain.port.LogVerification.Rewritten;
import dev.stele.domain.port.LogVerification.Sound;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is said of a log to machines, on the command line and by the server. */
public final class LogReports {

    private LogReports() {}

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /**
     * {@return where a log ends: in one word, as people keep it, and in its parts}
     *
     * @param head its end
     */
    public static ObjectNode head(LogHead head) {
        return object().put("head", head.token())
                .put("sequence", head.sequence())
                .put("hash", head.hash());
    }

    /**
     * {@return what a compaction came to}
     *
     * @param report what it came to
     */
    public static ObjectNode compaction(CompactionReport report) {
        return object().put("stretches", report.stretches())
                .put("events", report.facts())
                .put("absorbed", report.absorbed())
                .put("bytesBefore", report.bytesBefore())
                .put("bytesAfter", report.bytesAfter())
                .put("stopped", report.stopped().isEmpty() ? null : report.stopped());
    }

    /**
     * {@return what following the chain has shown}
     *
     * @param result the verdict
     * @param expected the head that was expected, if any
     */
    public static ObjectNode verification(LogVerification result, @Nullable LogHead expected) {
        return switch (result) {
            case Sound(var head) ->
                    chain("sound")
                            .put("sequence", head.sequence())
                            .put("head", head.token())
                            .put("expected", expected == null ? null : expected.token());
            case Lossy(var head, var losses) ->
                    withFaults(
                            chain("sound but for accepted losses")
                                    .put("sequence", head.sequence())
                                    .put("head", head.token())
                                    .put("expected", expected == null ? null : expected.token()),
                            losses);
            case Broken(var sequence, var why, var faults) ->
                    withFaults(chain("broken").put("sequence", sequence).put("why", why), faults);
            case Cut(var wanted, var actual) -> compared(chain("cut"), wanted, actual);
            case Rewritten(var wanted, var actual) -> compared(chain("rewritten"), wanted, actual);
            case Compacted(var wanted, var first, var last) ->
                    chain("compacted")
                            .put("expected", wanted.token())
                            .put("first", first)
                            .put("last", last);
        };
    }

    private static ObjectNode withFaults(ObjectNode chain, List<Fault> faults) {
        ArrayNode all = chain.putArray("faults");
        faults.forEach(fault ->
                all.addObject()
                        .put("sequence", fault.sequence())
                        .put("last", fault.last())
                        .put("why", fault.why())
                        .put("accepted", fault.accepted()));
        return chain;
    }

    private static ObjectNode chain(String result) {
        return object().put("chain", result);
    }

    private static ObjectNode compared(ObjectNode chain, LogHead expected, LogHead actual) {
        return chain.put("expected", expected.token()).put("actual", actual.token());
    }

    /**
     * {@return what a log holds}
     *
     * @param stats the counts
     */
    public static ObjectNode stats(LogStats stats) {
        ObjectNode value =
                head(stats.head())
                        .put("oldest", time(stats.oldest()))
                        .put("newest", time(stats.newest()))
                        .put("commands", stats.receipts())
                        .put("agentTurns", stats.providerMarks())
                        .put("databaseBytes", stats.databaseBytes())
                        .put("freeBytes", stats.freeBytes())
                        .put("walBytes", stats.walBytes());
        value.putObject("compacted")
                .put("stretches", stats.replaced().stretches())
                .put("events", stats.replaced().events())
                .put("absorbed", stats.replaced().absorbed())
                .put("bytes", stats.replaced().bytes())
                .put("saving", stats.replaced().saving());
        ObjectNode unknown = value.putObject("unknown").put("events", stats.unknown().events());
        ArrayNode parts = unknown.putArray("parts");
        for (UnknownPart part : stats.unknown().parts()) {
            parts.addObject()
                    .put("type", part.event())
                    .put("version", part.version())
                    .put("field", part.field())
                    .put("events", part.events())
                    .put("first", part.first());
        }
        ArrayNode types = value.putArray("types");
        for (TypeStats type : stats.types()) {
            types.addObject()
                    .put("type", type.name())
                    .put("version", type.version())
                    .put("events", type.events())
                    .put("bytes", type.bytes())
                    .put("known", type.known());
        }
        return value;
    }

    private static @Nullable String time(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }
}
