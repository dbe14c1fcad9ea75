package dev.stele.domain.model;

import dev.stele.contracts.ThreadId;
import dev.stele.contracts.TokenUsage;
import dev.stele.contracts.TokenUsage.Cost;
import dev.stele.contracts.TurnId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a thread's agent says that it used, by turns and altogether; turns that a restore rolled
 * back count as well. Agents tell tokens for each turn, so that they are summed. They tell the
 * context as it stands, so that the newest word counts; and the cost of their session so far, so
 * that a turn's own cost is what it has grown by. A cost that is smaller than the one before it is
 * that of a new session. What no turn tells is null in the sum, too.
 *
 * @param threadId the thread
 * @param turns its turns that tell anything, oldest first
 * @param total all of them; null when none tells anything
 */
public record ThreadUsage(ThreadId threadId, List<TurnUsage> turns, @Nullable TokenUsage total) {

    /** Makes the list immutable. */
    public ThreadUsage {
        turns = List.copyOf(turns);
    }

    /**
     * What a turn used.
     *
     * @param turnId the turn
     * @param startedAt when it was prompted
     * @param usage what its agent says of it; its cost is the turn's own
     */
    public record TurnUsage(TurnId turnId, Instant startedAt, TokenUsage usage) {}

    /**
     * {@return what a thread's agent says that it used}
     *
     * @param thread the thread
     * @param model where its turns are
     */
    public static ThreadUsage of(ChatThread thread, OrchestrationReadModel model) {
        List<TurnUsage> turns = new ArrayList<>();
        Cost sessions = null;
        TokenUsage total = null;
        for (TurnId id : thread.turns()) {
            Turn turn = model.turn(id);
            TokenUsage told = turn == null ? null : turn.usage();
            if (turn != null && told != null) {
                TokenUsage own = withCost(told, grown(sessions, told.cost()));
                sessions = told.cost() == null ? sessions : told.cost();
                turns.add(new TurnUsage(id, turn.startedAt(), own));
                total = total == null ? own : sum(total, own);
            }
        }
        return new ThreadUsage(thread.id(), turns, withContext(total, thread.usage()));
    }

    private static @Nullable Cost grown(@Nullable Cost before, @Nullable Cost now) {
        return before == null
                        || now == null
                        || !before.currency().equals(now.currency())
                        || now.amount() < before.amount()
                ? now
                : new Cost(now.amount() - before.amount(), now.currency());
    }

    /** Costs of different currencies make no sum: it is told for the newer one alone. */
    private static @Nullable Cost sum(@Nullable Cost one, @Nullable Cost other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.currency().equals(other.currency())
                ? new Cost(one.amount() + other.amount(), one.currency())
                : other;
    }

    private static @Nullable Long sum(@Nullable Long one, @Nullable Long other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one + other;
    }

    private static TokenUsage sum(TokenUsage one, TokenUsage other) {
        return new TokenUsage(
                sum(one.input(), other.input()),
                sum(one.output(), other.output()),
                sum(one.cachedRead(), other.cachedRead()),
                sum(one.cachedWrite(), other.cachedWrite()),
                sum(one.thought(), other.thought()),
                sum(one.total(), other.total()),
                null,
                null,
                sum(one.cost(), other.cost()));
    }

    private static TokenUsage withCost(TokenUsage usage, @Nullable Cost cost) {
        return new TokenUsage(
                usage.input(),
                usage.output(),
                usage.cachedRead(),
                usage.cachedWrite(),
                usage.thought(),
                usage.total(),
                usage.contextUsed(),
                usage.contextSize(),
                cost);
    }

    private static @Nullable TokenUsage withContext(
            @Nullable TokenUsage total, @Nullable TokenUsage newest) {
        if (newest == null) {
            return total;
        }
        TokenUsage sums = total == null ? withCost(newest, null) : total;
        return new TokenUsage(
                sums.input(),
                sums.output(),
                sums.cachedRead(),
                sums.cachedWrite(),
                sums.thought(),
                sums.total(),
                newest.contextUsed(),
                newest.contextSize(),
                total == null ? newest.cost() : sums.cost());
    }
}
