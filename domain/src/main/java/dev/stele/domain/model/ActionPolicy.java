package dev.stele.domain.model;

import dev.stele.contracts.Characters;
import dev.stele.contracts.ToolKind;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What agents may do without a person being asked. It answers where an agent asks; an agent that
 * does not ask is not bound by it.
 *
 * @param rules looked at in their order: the first that fits decides, and when none does a person
 *     is asked
 * @param readOnly whether nothing may be changed: edits, deletions, moves and commands are denied,
 *     and what may be one of those is asked about
 * @param projectOnly whether what is known to touch anything outside the project's directory is
 *     denied, and what may do so is asked about
 */
public record ActionPolicy(List<Rule> rules, boolean readOnly, boolean projectOnly) {

    /** Every question is left to people. */
    public static final ActionPolicy NONE = new ActionPolicy(List.of(), false, false);

    /** The most rules of a policy. */
    public static final int MOST_RULES = 100;

    /** Makes the list immutable. */
    public ActionPolicy {
        rules = List.copyOf(rules);
    }

    /** {@return whether it says nothing} */
    public boolean isNone() {
        return equals(NONE);
    }

    /**
     * A rule for some kinds of work at some places.
     *
     * @param verdict what it says
     * @param kinds the kinds of tools that it is for; empty for all that are known
     * @param path a pattern of the paths that it is for, from the project's directory: {@code *}
     *     stands for anything within a name, {@code **} for anything, {@code ?} for one character;
     *     null for all
     */
    public record Rule(Verdict verdict, List<ToolKind> kinds, @Nullable String path) {

        /** The longest pattern, in characters. */
        public static final int LONGEST_PATH = 400;

        /** Makes the list immutable and the text well-formed. */
        public Rule {
            kinds = List.copyOf(kinds);
            path = Characters.wellFormedOrNull(path);
        }

        /** {@return the rule in one line, as it is typed} */
        public String text() {
            String kind =
                    kinds.isEmpty()
                            ? "any"
                            : kinds.stream().map(Rule::word).collect(Collectors.joining(","));
            return verdict.word() + ":" + kind + (path == null ? "" : ":" + path);
        }

        private static String word(ToolKind kind) {
            return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** What a rule says. */
    public enum Verdict {
        /** A person decides. */
        ASK("ask"),
        /** It may happen this time: never with an option of the agent's that means always. */
        ALLOW_ONCE("allow"),
        /** It may happen in this thread from now on: the agent is told so if it offers that. */
        ALLOW_FOR_THREAD("allow-thread"),
        /** It may not happen. */
        DENY("deny");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        /** {@return the word that people type} */
        public String word() {
            return word;
        }
    }
}
