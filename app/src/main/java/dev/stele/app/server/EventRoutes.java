package dev.stele.app.server;

import dev.stele.app.Stele;
import dev.stele.contracts.ThreadId;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.model.OrchestrationReadModel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The way out: the facts, in pages and as a stream. */
final class EventRoutes {
    private static final int USUAL = 500;
    private static final int MOST = 5_000;

    /** So many facts are looked at for one page at most, so that an answer comes soon. */
    private static final int LOOKED_AT = 50_000;

    /** What pages can be narrowed by, and streams cannot. */
    private static final List<String> OF_PAGES = List.of("limit", "type", "q");

    private final Stele stele;
    private final EventHub hub;
    private final Metrics metrics;

    EventRoutes(Stele stele, EventHub hub, Metrics metrics) {
        this.stele = stele;
        this.hub = hub;
        this.metrics = metrics;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/events", this::events, "after", "thread", "limit", "type", "q"));
    }

    private Answer events(Call call) {
        return call.wantsStream() ? stream(call) : page(call);
    }

    private Answer stream(Call call) {
        for (String name : OF_PAGES) {
            if (call.query().containsKey(name)) {
                throw Problem.malformed(
                        "A stream is narrowed by thread alone, and not by " + name + ".");
            }
        }
        String last = call.header().apply("Last-Event-ID");
        long after = last == null ? after(call, stele.model().sequence()) : place(last);
        return new Answer.Events(
                new EventStream(stele, hub, metrics, after, call.queried("thread", ThreadId::new)));
    }

    /** What the caller knows already, when there is such a place. */
    private long after(Call call, long usual) {
        long after = call.number("after", usual, 0, Long.MAX_VALUE);
        long head = stele.model().sequence();
        if (after > head) {
            throw Problem.notFound(
                    "The log has %d facts, and so nothing follows the place %d yet."
                            .formatted(head, after));
        }
        return after;
    }

    /** It may be beyond the log's end: browsers come back by themselves, also to an older log. */
    private static long place(String last) {
        if (!last.matches("[0-9]{1,18}")) {
            throw Problem.malformed("Last-Event-ID is the place of a fact: a number.");
        }
        return Long.parseLong(last);
    }

    private Answer page(Call call) {
        var wanted = new Filter(call, stele);
        int limit = call.limit(USUAL, MOST);
        long next = after(call, 0);
        long end = Math.min(stele.model().sequence(), next + LOOKED_AT);
        List<byte[]> events = new ArrayList<>();
        while (next < end && events.size() < limit) {
            for (StoredEvent fact : stele.page(next, MOST)) {
                next = fact.sequence();
                byte[] encoded = stele.codec().encode(fact);
                if (wanted.has(fact, encoded)) {
                    events.add(encoded);
                }
                if (events.size() == limit) {
                    break;
                }
            }
        }
        return answer(events, next);
    }

    private Answer answer(List<byte[]> events, long next) {
        long head = stele.model().sequence();
        Json.Fields fields = Json.fields().array("events", events).put("head", head);
        return Answer.json(next < head ? fields.put("next", next) : fields, head);
    }

    /** What is wanted of the log. */
    private static final class Filter {
        private final Reading reading = new Reading();
        private final OrchestrationReadModel model;
        private final @Nullable ThreadId thread;
        private final @Nullable String type;
        private final @Nullable String text;

        Filter(Call call, Stele stele) {
            this.model = stele.model();
            this.thread = call.queried("thread", ThreadId::new);
            this.type = call.query().get("type");
            String q = call.query().get("q");
            this.text = q == null ? null : q.toLowerCase(Locale.ROOT);
        }

        boolean has(StoredEvent fact, byte[] encoded) {
            boolean about = reading.concerns(thread, fact.event(), model); // it sees all of them
            return (type == null || type.equals(fact.event().getClass().getSimpleName()))
                    && about
                    && (text == null
                            || new String(encoded, StandardCharsets.UTF_8)
                                    .toLowerCase(Locale.ROOT)
                                    .contains(text));
        }
    }
}
