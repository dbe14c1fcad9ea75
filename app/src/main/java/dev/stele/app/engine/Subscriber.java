package dev.stele.app.engine;

import dev.stele.domain.event.StoredEvent;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is told of every fact once it is durable: in order, without a gap, on a virtual
 * thread of its own. What it throws is logged, and the next fact is told.
 *
 * @param name names it in the log and its thread
 * @param after the place of the last fact that it knows already, 0 to hear all from the beginning;
 *     null for those that come from the opening on
 * @param listener is told
 */
public record Subscriber(
        String name, @Nullable Long after, Consumer<? super StoredEvent> listener) {}
