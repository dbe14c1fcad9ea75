package dev.stele.app.engine;

import dev.stele.domain.model.LogState;
import java.util.stream.Collectors;

/** What people are told of facts that cannot be read. */
public final class Losses {

    private static final int NAMED = 10;

    private Losses() {}

    /**
     * {@return the facts that cannot be read, what that means, and the cure}
     *
     * @param log with at least one such fact
     */
    public static String sentence(LogState log) {
        int facts = log.unreadable().size();
        String named =
                log.unreadable()
                        .toJavaStream()
                        .limit(NAMED)
                        .map(lost -> lost._1() + " (" + lost._2() + ")")
                        .collect(Collectors.joining(", "));
        return (facts == 1 ? "A fact" : facts + " facts")
                + " of the log cannot be read: "
                + named
                + (facts > NAMED ? ", and others" : "")
                + ". All else is here to be looked at, and nothing is added. Put a backup in the"
                + " log's place, or accept the loss with 'stele log accept-loss'.";
    }
}
