package dev.stele.app.approval;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ToolKind;
import dev.stele.domain.model.ChatThread;
import dev.stele.domain.model.PendingAction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A rule that answers an agent's questions, or leaves them to people. Thread-safe. */
public interface ApprovalPolicy {

    /** {@return a short name; the log tells it as who decided} */
    String label();

    /**
     * {@return what the rule says} It is asked once for each question, and again after another rule
     * was set; when it throws, the question is left to people. Agents wait while it thinks, those
     * of other threads too, so what takes long is better left to people.
     *
     * @param question what is asked
     */
    Verdict verdict(Question question);

    /**
     * What an agent asks.
     *
     * @param thread the agent's thread
     * @param action what it wants to do, in the agent's words, and the answers that it takes
     * @param call the tool call that it is about, with its input; null when the agent named none
     */
    record Question(
            ChatThread thread, PendingAction action, MessageContent.@Nullable ToolCall call) {

        /**
         * {@return the kind of what it wants to do; {@link ToolKind#OTHER} when the agent does not
         * say}
         */
        public ToolKind kind() {
            return call == null || call.kind() == null ? ToolKind.OTHER : call.kind();
        }
    }

    /**
     * {@return a rule that a function decides}
     *
     * @param label a short name; the log tells it as who decided
     * @param verdict what the rule says to a question; see {@link #verdict}
     */
    static ApprovalPolicy of(String label, Function<Question, Verdict> verdict) {
        return new ApprovalPolicy() {
            @Override
            public String label() {
                return label;
            }

            @Override
            public Verdict verdict(Question question) {
                return verdict.apply(question);
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
        public Verdict verdict(Question question) {
            return verdict;
        }
    }
}
