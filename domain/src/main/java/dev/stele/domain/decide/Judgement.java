package dev.stele.domain.decide;

import dev.stele.contracts.ToolKind;
import dev.stele.domain.model.ActionPolicy;
import dev.stele.domain.model.ActionPolicy.Rule;
import dev.stele.domain.model.ActionPolicy.Verdict;
import dev.stele.domain.model.TouchedPath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What policies say to an action. Limits are looked at before rules, a thread's rules before its
 * project's; what nobody knows is left to people.
 *
 * @param verdict what they say
 * @param rule which of them says so, for the log
 * @param reason why it is denied, if there is more to say
 */
record Judgement(Verdict verdict, String rule, @Nullable String reason) {

    private static final Judgement NOBODY = new Judgement(Verdict.ASK, "no rule", null);

    static Judgement of(
            ToolKind kind, List<TouchedPath> paths, ActionPolicy thread, ActionPolicy project) {
        Judgement denied =
                first(
                        limit("thread policy", kind, paths, thread),
                        limit("project policy", kind, paths, project));
        if (denied != null) {
            return denied;
        }
        Judgement ruled =
                first(
                        rule("thread policy", kind, paths, thread.rules()),
                        rule("project policy", kind, paths, project.rules()));
        boolean unsure = isUnsure(kind, paths, thread) || isUnsure(kind, paths, project);
        return ruled == null || (unsure && ruled.allows()) ? NOBODY : ruled;
    }

    private static @Nullable Judgement first(
            @Nullable Judgement one, @Nullable Judgement otherwise) {
        return one == null ? otherwise : one;
    }

    private boolean allows() {
        return verdict == Verdict.ALLOW_ONCE || verdict == Verdict.ALLOW_FOR_THREAD;
    }

    /** What is denied whatever the rules say, or null. */
    private static @Nullable Judgement limit(
            String owner, ToolKind kind, List<TouchedPath> paths, ActionPolicy policy) {
        if (policy.readOnly() && changes(kind)) {
            return new Judgement(Verdict.DENY, owner + ": read-only", null);
        }
        for (TouchedPath path : paths) {
            if (policy.projectOnly() && !path.inside()) {
                return new Judgement(
                        Verdict.DENY,
                        owner + ": nothing outside the project",
                        "It would touch " + path.path() + ", outside the project.");
            }
        }
        return null;
    }

    private static boolean changes(ToolKind kind) {
        return switch (kind) {
            case EDIT, DELETE, MOVE, EXECUTE -> true;
            case READ, SEARCH, THINK, FETCH, SWITCH_MODE, OTHER -> false;
        };
    }

    /** Whether it may break a limit without anybody knowing: a rule that allows is not enough. */
    private static boolean isUnsure(ToolKind kind, List<TouchedPath> paths, ActionPolicy policy) {
        return switch (kind) {
            case OTHER -> true;
            case SWITCH_MODE -> policy.readOnly();
            case EXECUTE -> policy.projectOnly();
            case READ, EDIT, DELETE, MOVE, SEARCH -> policy.projectOnly() && paths.isEmpty();
            case THINK, FETCH -> false;
        };
    }

    /** What the first rule says that fits, or null. */
    private static @Nullable Judgement rule(
            String owner, ToolKind kind, List<TouchedPath> paths, List<Rule> rules) {
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            String name = owner + ", rule " + (i + 1) + ": " + rule.text();
            switch (fit(rule, kind, paths)) {
                case YES -> {
                    return new Judgement(rule.verdict(), name, null);
                }
                case NOBODY_KNOWS -> {
                    return new Judgement(Verdict.ASK, name, null);
                }
                case NO -> {
                    // the next one may
                }
            }
        }
        return null;
    }

    private enum Fit {
        YES,
        NO,
        NOBODY_KNOWS
    }

    /** A rule that allows has to fit all that is touched, one that does not any of it. */
    private static Fit fit(Rule rule, ToolKind kind, List<TouchedPath> paths) {
        String pattern = rule.path();
        boolean restricts = rule.verdict() == Verdict.DENY || rule.verdict() == Verdict.ASK;
        if (!rule.kinds().isEmpty() && !rule.kinds().contains(kind)) {
            return Fit.NO;
        }
        if (pattern == null) {
            return Fit.YES;
        }
        if (paths.isEmpty()) {
            return restricts ? Fit.NOBODY_KNOWS : Fit.NO;
        }
        boolean fits =
                restricts
                        ? paths.stream().anyMatch(path -> PathPattern.matches(pattern, path))
                        : paths.stream().allMatch(path -> PathPattern.matches(pattern, path));
        return fits ? Fit.YES : Fit.NO;
    }
}
