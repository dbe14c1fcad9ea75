package dev.stele.provider.scripted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ScriptTest {

    @Test
    void prompts_beyond_the_last_turn_play_the_last_one() throws BadScript {
        Script script =
                Script.parse(
                        "s",
                        "{\"turns\": [[{\"pause\": 1}], [{\"pause\": 2}, {\"crash\": true}]]}");

        assertThat(script.stepsOf(0)).isEqualTo(List.of(new Step.Pause(1)));
        assertThat(script.stepsOf(1))
                .isEqualTo(List.of(new Step.Pause(2), new Step.Crash(1)))
                .isEqualTo(script.stepsOf(7));
    }

    @Test
    void its_own_script_can_be_played() throws BadScript {
        assertThat(Script.own().stepsOf(0)).isNotEmpty();
    }

    static Stream<Arguments> badScripts() {
        return Stream.of(
                Arguments.of("", "The script s is not JSON: it is empty."),
                Arguments.of("{\"steps\": [}", "The script s is not JSON: "),
                Arguments.of("{\"step\": []}", "it needs \"steps\", a list, or \"turns\""),
                Arguments.of("{\"turns\": []}", "it needs \"steps\", a list, or \"turns\""),
                Arguments.of("{\"turns\": [{}]}", "turns[0] is a list of steps"),
                Arguments.of(
                        "{\"steps\": [{}]}", "steps[0] needs exactly one of answer, append, ask, "),
                Arguments.of(
                        "{\"steps\": [{\"say\": \"a\", \"think\": \"b\"}]}",
                        "steps[0] needs exactly one of"),
                Arguments.of(
                        "{\"steps\": [{\"say\": \"a\", \"loud\": true}]}",
                        "steps[0] \"say\" takes no \"loud\""),
                Arguments.of(
                        "{\"steps\": [{\"write\": \"a\"}]}", "steps[0] needs \"content\", a text"),
                Arguments.of(
                        "{\"steps\": [{\"pause\": \"long\"}]}",
                        "steps[0] needs \"pause\", a whole number"),
                Arguments.of(
                        "{\"steps\": [{\"ask\": \"a\", \"options\": [{}]}]}",
                        "steps[0] each option needs"),
                Arguments.of(
                        "{\"steps\": [{\"run\": \"a\", \"rejected\": [{\"hop\": 1}]}]}",
                        "steps[0].rejected[0] needs exactly one of"));
    }

    @ParameterizedTest
    @MethodSource("badScripts")
    void a_bad_script_is_told_with_the_place_and_what_would_be_right(String text, String why) {
        assertThatThrownBy(() -> Script.parse("s", text))
                .isInstanceOf(BadScript.class)
                .hasMessageStartingWith("The script s ")
                .hasMessageContaining(why);
    }

    @Test
    void a_script_that_is_not_there_is_told() {
        assertThatThrownBy(() -> Script.of(Path.of("/nowhere/s.json")))
                .hasMessage("The script /nowhere/s.json is not there; check its path.");
    }
}
