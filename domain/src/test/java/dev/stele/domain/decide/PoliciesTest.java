package dev.stele.domain.decide;

import static dev.stele.domain.decide.Scene.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.PermissionOption;
import dev.stele.contracts.PermissionOption.Kind;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.ToolKind;
import dev.stele.domain.command.DeciderError.InvalidInput;
import dev.stele.domain.command.OrchestrationCommand.PolicyCommand.SetProjectPolicy;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.ActionApproved;
import dev.stele.domain.event.OrchestrationEvent.ApprovalEvent.ActionRejected;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.ThreadPolicySet;
import dev.stele.domain.event.OrchestrationEvent.ThreadEvent.ThreadStatusChanged;
import dev.stele.domain.model.ActionPolicy;
import dev.stele.domain.model.ActionPolicy.Rule;
import dev.stele.domain.model.ActionPolicy.Verdict;
import dev.stele.domain.model.Actor;
import dev.stele.domain.model.ThreadStatus.Running;
import dev.stele.domain.model.TouchedPath;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PoliciesTest {

    private static final TouchedPath CLOCK = new TouchedPath("src/Clock.java", true);
    private static final TouchedPath SECRET = new TouchedPath("secrets/key", true);
    private static final TouchedPath HOSTS = new TouchedPath("/etc/hosts", false);
    private static final ActionPolicy NONE = ActionPolicy.NONE;

    private static Rule rule(Verdict verdict, @Nullable String path, ToolKind... kinds) {
        return new Rule(verdict, List.of(kinds), path);
    }

    private static ActionPolicy rules(Rule... rules) {
        return new ActionPolicy(List.of(rules), false, false);
    }

    private static ActionPolicy readOnly(Rule... rules) {
        return new ActionPolicy(List.of(rules), true, false);
    }

    private static ActionPolicy projectOnly(Rule... rules) {
        return new ActionPolicy(List.of(rules), false, true);
    }

    /** What a thread's and a project's policy say to an action. */
    record Case(
            ToolKind kind,
            List<TouchedPath> paths,
            ActionPolicy thread,
            ActionPolicy project,
            Verdict verdict,
            String by) {}

    private static Case says(
            Verdict verdict, String by, ActionPolicy policy, ToolKind kind, TouchedPath... paths) {
        return new Case(kind, List.of(paths), policy, NONE, verdict, "thread policy" + by);
    }

    private static Case asks(ActionPolicy policy, ToolKind kind, TouchedPath... paths) {
        return new Case(kind, List.of(paths), policy, NONE, Verdict.ASK, "no rule");
    }

    static Stream<Case> limits() {
        Rule all = rule(Verdict.ALLOW_ONCE, null);
        String outside = ": nothing outside the project";
        String first = ", rule 1: allow:any";
        return Stream.of(
                says(Verdict.DENY, ": read-only", readOnly(all), ToolKind.EDIT, CLOCK),
                says(Verdict.DENY, ": read-only", readOnly(all), ToolKind.DELETE, CLOCK),
                says(Verdict.DENY, ": read-only", readOnly(all), ToolKind.MOVE, CLOCK),
                says(Verdict.DENY, ": read-only", readOnly(all), ToolKind.EXECUTE),
                says(Verdict.ALLOW_ONCE, first, readOnly(all), ToolKind.READ, CLOCK),
                asks(readOnly(all), ToolKind.SWITCH_MODE),
                asks(readOnly(all), ToolKind.OTHER),
                says(Verdict.DENY, outside, projectOnly(all), ToolKind.READ, HOSTS),
                says(Verdict.DENY, outside, projectOnly(all), ToolKind.EDIT, CLOCK, HOSTS),
                says(Verdict.ALLOW_ONCE, first, projectOnly(all), ToolKind.EDIT, CLOCK),
                asks(projectOnly(all), ToolKind.EDIT),
                asks(projectOnly(all), ToolKind.EXECUTE, CLOCK),
                says(Verdict.ALLOW_ONCE, first, projectOnly(all), ToolKind.FETCH));
    }

    static Stream<Case> matches() {
        Rule src = rule(Verdict.ALLOW_ONCE, "src/**", ToolKind.EDIT);
        Rule guard = rule(Verdict.DENY, "secrets/**");
        Rule any = rule(Verdict.ALLOW_FOR_THREAD, null);
        ActionPolicy both = rules(guard, any);
        String denied = ", rule 1: deny:any:secrets/**";
        return Stream.of(
                asks(NONE, ToolKind.READ, CLOCK),
                says(
                        Verdict.ALLOW_ONCE,
                        ", rule 1: allow:edit:src/**",
                        rules(src),
                        ToolKind.EDIT,
                        CLOCK),
                asks(rules(src), ToolKind.DELETE, CLOCK),
                asks(rules(src), ToolKind.EDIT, CLOCK, SECRET),
                asks(rules(src), ToolKind.EDIT),
                asks(rules(rule(Verdict.ALLOW_ONCE, "**")), ToolKind.EDIT, HOSTS),
                says(Verdict.DENY, denied, both, ToolKind.READ, CLOCK, SECRET),
                says(Verdict.DENY, denied, both, ToolKind.OTHER, SECRET),
                says(
                        Verdict.ALLOW_FOR_THREAD,
                        ", rule 2: allow-thread:any",
                        both,
                        ToolKind.READ,
                        CLOCK),
                says(Verdict.ASK, denied, both, ToolKind.READ),
                asks(rules(any), ToolKind.OTHER, CLOCK));
    }

    static Stream<Case> owners() {
        ActionPolicy allow = rules(rule(Verdict.ALLOW_ONCE, null, ToolKind.EDIT));
        ActionPolicy deny = rules(rule(Verdict.DENY, null, ToolKind.EDIT));
        List<TouchedPath> clock = List.of(CLOCK);
        return Stream.of(
                new Case(
                        ToolKind.EDIT,
                        clock,
                        allow,
                        deny,
                        Verdict.ALLOW_ONCE,
                        "thread policy, rule 1: allow:edit"),
                new Case(
                        ToolKind.EDIT,
                        clock,
                        NONE,
                        deny,
                        Verdict.DENY,
                        "project policy, rule 1: deny:edit"),
                new Case(
                        ToolKind.EDIT,
                        clock,
                        allow,
                        readOnly(),
                        Verdict.DENY,
                        "project policy: read-only"),
                new Case(ToolKind.EDIT, List.of(), allow, projectOnly(), Verdict.ASK, "no rule"));
    }

    @ParameterizedTest
    @MethodSource({"limits", "matches", "owners"})
    void policies_say(Case c) {
        Judgement judgement = Judgement.of(c.kind(), c.paths(), c.thread(), c.project());

        assertThat(judgement.verdict()).isEqualTo(c.verdict());
        assertThat(judgement.rule()).isEqualTo(c.by());
    }

    @ParameterizedTest
    @CsvSource({
        "src/**, src/a/B.java, true",
        "src/**, srcs/B.java, false",
        "src/*, src/B.java, true",
        "src/*, src/a/B.java, false",
        "src/, src/a/B.java, true",
        "**/*.java, B.java, true",
        "**/*.java, a/b/B.java, true",
        "**/b/*, ab/c, false",
        "?.txt, a.txt, true",
        "?.txt, ab.txt, false",
        "a?b, a/b, false",
        "**, a/b/c, true",
        "/etc/**, etc/hosts, false"
    })
    void a_pattern_stands_for_paths(String pattern, String path, boolean matches) {
        assertThat(PathPattern.matches(pattern, new TouchedPath(path, true))).isEqualTo(matches);
    }

    @Test
    void only_a_pattern_from_the_root_is_for_what_is_outside() {
        assertThat(PathPattern.matches("/etc/*", HOSTS)).isTrue();
        assertThat(PathPattern.matches("**", HOSTS)).isFalse();
    }

    @Test
    void a_pattern_of_many_stars_costs_no_more_than_its_length() {
        String pattern = "**a".repeat(130) + "b";

        assertThat(PathPattern.matches(pattern, new TouchedPath("a".repeat(4_000), true)))
                .isFalse();
    }

    /** A turn whose agent asks whether it may edit, offering these answers. */
    private static Spec asking(List<PermissionOption> options) {
        var call =
                new MessageContent.ToolCall(
                        CALL, "edit", "{}", null, ToolKind.EDIT, null, null, null, null);
        return running()
                .and(
                        Scene.says(new ProviderEvent.ToolCall(call)),
                        Scene.says(
                                new ProviderEvent.AwaitingApproval(ACTION, CALL, "Edit", options)));
    }

    private static ActionPolicy always(Verdict verdict) {
        return rules(rule(verdict, null, ToolKind.EDIT));
    }

    /** What is offered, what a policy says, and the option that is answered with. */
    record Answer(List<PermissionOption> offered, Verdict verdict, @Nullable String option) {}

    static List<Answer> answers() {
        var otherAlways = new PermissionOption("server", "For the server", Kind.ALLOW_ALWAYS);
        return List.of(
                new Answer(OPTIONS, Verdict.ALLOW_ONCE, "yes"),
                new Answer(OPTIONS, Verdict.ALLOW_FOR_THREAD, "always"),
                new Answer(List.of(ALLOW, REJECT), Verdict.ALLOW_FOR_THREAD, "yes"),
                new Answer(List.of(ALLOW_ALWAYS, REJECT), Verdict.ALLOW_ONCE, null),
                new Answer(List.of(REJECT), Verdict.ALLOW_FOR_THREAD, null),
                new Answer(List.of(), Verdict.ALLOW_ONCE, null),
                new Answer(
                        List.of(ALLOW_ALWAYS, otherAlways, ALLOW), Verdict.ALLOW_FOR_THREAD, "yes"),
                new Answer(List.of(ALLOW_ALWAYS, otherAlways), Verdict.ALLOW_FOR_THREAD, null),
                new Answer(OPTIONS, Verdict.ASK, null));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void a_yes_takes_no_more_than_the_policy_says_and_the_agent_offers(Answer answer) {
        Spec asking = asking(answer.offered()).and(policy(always(answer.verdict())));

        var outcome = asking.when(judge(ACTION, CLOCK));

        if (answer.option() == null) {
            outcome.thenNothingHappened();
        } else {
            outcome.then(
                    new ActionApproved(
                            TURN,
                            ACTION,
                            answer.option(),
                            Actor.policy(
                                    "thread policy, rule 1: " + answer.verdict().word() + ":edit"),
                            AT),
                    new ThreadStatusChanged(THREAD, new Running(TURN)));
        }
    }

    @Test
    void a_no_tells_its_rule_and_the_reason() {
        asking(OPTIONS)
                .and(policy(projectOnly()))
                .when(judge(ACTION, HOSTS))
                .then(
                        new ActionRejected(
                                TURN,
                                ACTION,
                                "no",
                                "It would touch /etc/hosts, outside the project.",
                                Actor.policy("thread policy: nothing outside the project"),
                                AT),
                        new ThreadStatusChanged(THREAD, new Running(TURN)));
    }

    @Test
    void an_action_without_a_known_kind_is_left_to_people() {
        awaiting()
                .and(policy(rules(rule(Verdict.ALLOW_ONCE, null))))
                .when(judge(ACTION))
                .thenNothingHappened();
    }

    @Test
    void setting_the_same_policy_again_changes_nothing() {
        Spec set =
                idle().when(policy(readOnly()))
                        .then(new ThreadPolicySet(THREAD, readOnly(), ADA, AT));

        set.when(policy(readOnly())).thenNothingHappened();
    }

    static List<ActionPolicy> wrong() {
        return List.of(
                rules(rule(Verdict.DENY, " ")),
                rules(rule(Verdict.DENY, "x".repeat(Rule.LONGEST_PATH + 1))),
                rules(rule(Verdict.ALLOW_ONCE, null, ToolKind.OTHER)),
                new ActionPolicy(
                        Collections.nCopies(ActionPolicy.MOST_RULES + 1, rule(Verdict.ASK, null)),
                        false,
                        false));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void a_policy_that_makes_no_sense_is_refused(ActionPolicy policy) {
        Decision decision = idle().when(new SetProjectPolicy(PROJECT, policy, ADA, AT)).decision();

        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Rejected.class,
                        refused -> assertThat(refused.error()).isInstanceOf(InvalidInput.class));
    }
}
