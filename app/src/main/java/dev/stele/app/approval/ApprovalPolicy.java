package dev.stele.app.approval;

import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.PendingAction;
import java.util.function.BiFunction;

/** A rule that answers an agent's questions, or leaves them to people. Thread-safe. */
public interface ApprovalPolicy {

    /** A short name; the log tells it as who decided. */
    String label();

    /**
     * What the rule says. It is asked once for each question, and again after another rule was set;
     * when it throws, the question is left to people.
     *
     * @param thread who asks
     * @param action what is asked
     */
    Verdict verdict(ChatThread thread, PendingAction action);

    /**
     * A rule that a function decides.
     *
     * @param label a short name; the log tells it as who decided
     * @param verdict what the rule says to a thread's question
     */
    static ApprovalPolicy of(String label, BiFunction<ChatThread, PendingAction, Verdict> verdict) {
        return new ApprovalPolicy() {
            @Override
            public String label() {
                return label;
            }

            @Override
            public Verdict verdict(ChatThread thread, PendingAction action) {
                return verdict.apply(thread, action);
            }
        };
    }

    /** What a rule says. */
    enum Verdict {
        /** It may happen. */
        APPROVE,
        /** It may not. */
        REJECT,
        /** A person decides. */
        ASK
    }

    /** The rules that come with Stele. */
    enum Standard implements ApprovalPolicy {
        /** Every question is left to people. */
        ASK("ask", Verdict.ASK),
        /** Everything may happen. */
        ALL("all", Verdict.APPROVE),
        /** Nothing may happen. */
        NONE("none", Verdict.REJECT);

        private final String label;
        private final Verdict verdict;

        Standard(String label, Verdict verdict) {
            this.label = label;
            this.verdict = verdict;
        }

        @Override
        public String label() {
            return label;
        }

        @Override
        public Verdict verdict(ChatThread thread, PendingAction action) {
            return verdict;
        }
    }
}
