package dev.stele.app.live.model;

import dev.stele.app.live.model.Reply.Ending;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What the model does in each scenario. It remembers nothing: all is in the conversation. */
final class Script {
    private static final Duration QUICK = Duration.ofMillis(20);
    private static final Duration SLOW = Duration.ofMillis(100);

    private static final List<String> HALF = List.of("Half of", " an answer");
    private static final String WHOLE = "The whole answer.";
    private static final String FAILING = "cat no-such-file.txt; exit 3";
    private static final String BEATING =
            "seq 600 | while read -r i; do date +%s%N > beat.txt; sleep 0.2; done";

    private Script() {}

    /** The next step. */
    private record Step(List<String> thoughts, List<String> words, @Nullable Deed deed) {}

    /**
     * What the model answers now.
     *
     * @param attempt how often this very answer was asked for, from 1
     */
    static Reply reply(Conversation conversation, int attempt) {
        String scenario = conversation.scenario();
        if (scenario == null || conversation.tools().isEmpty()) {
            return saying("A title");
        }
        return switch (scenario) {
            case "error-400" -> ending(List.of(), new Ending.Refused(400));
            case "error-401" -> ending(List.of(), new Ending.Refused(401));
            case "error-429" -> ending(List.of(), new Ending.Refused(429));
            case "error-500" -> ending(List.of(), new Ending.Refused(500));
            case "drop" -> ending(HALF, new Ending.Dropped());
            case "drop-once" -> attempt == 1 ? ending(HALF, new Ending.Dropped()) : saying(WHOLE);
            case "slow" -> slowly();
            case "recall" -> recalling(conversation.word());
            default -> step(steps(scenario), conversation);
        };
    }

    private static List<Step> steps(String scenario) {
        return switch (scenario) {
            case "text" -> List.of(say("Hello", " from the", " scripted model."));
            case "thinking" ->
                    List.of(
                            new Step(
                                    List.of("Let me ", "think about ", "this."),
                                    List.of("The answer", " is 42."),
                                    null));
            case "edit" ->
                    List.of(
                            act("I read it first.", new Deed.ReadFile("README.md")),
                            act(
                                    "Now I change it.",
                                    new Deed.EditFile("README.md", "old line", "new line")),
                            say("That was the edit."));
            case "failing-command" ->
                    List.of(act("I run it.", new Deed.RunCommand(FAILING)), say("It failed."));
            case "environment" ->
                    List.of(act("I look.", new Deed.RunCommand("env")), say("I have looked."));
            case "long-command" ->
                    List.of(act("I run it.", new Deed.RunCommand(BEATING)), say("It is over."));
            default -> List.of(say("There is no scenario " + scenario + "."));
        };
    }

    private static Step say(String... words) {
        return new Step(List.of(), List.of(words), null);
    }

    private static Step act(String words, Deed deed) {
        return new Step(List.of(), List.of(words), deed);
    }

    private static Reply step(List<Step> steps, Conversation conversation) {
        Step step = steps.get(Math.min(conversation.results(), steps.size() - 1));
        var calls =
                step.deed() == null
                        ? List.<Reply.Call>of()
                        : List.of(Toolbox.of(conversation).callFor(step.deed()));
        return new Reply(step.thoughts(), step.words(), calls, QUICK, new Ending.InOrder());
    }

    static Reply saying(String... words) {
        return ending(List.of(words), new Ending.InOrder());
    }

    private static Reply ending(List<String> words, Ending ending) {
        return new Reply(List.of(), words, List.of(), QUICK, ending);
    }

    private static Reply slowly() {
        List<String> words = IntStream.range(0, 600).mapToObj(i -> "word" + i + " ").toList();
        return new Reply(List.of(), words, List.of(), SLOW, new Ending.InOrder());
    }

    private static Reply recalling(@Nullable String word) {
        return saying("The word is ", Objects.requireNonNullElse(word, "forgotten"), ".");
    }
}
