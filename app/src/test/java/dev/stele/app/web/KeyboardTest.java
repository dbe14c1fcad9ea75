package dev.stele.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** Somebody without a mouse. */
@Tag("browser")
final class KeyboardTest {
    private static final int MORE_THAN_ALL_STOPS = 60;

    @TempDir private Path directory;

    @Test
    void the_focus_goes_where_people_go_and_comes_back_after_dialogs() throws IOException {
        try (var home = ServedHome.in(directory);
                var page = Page.open(directory)) {
            Puppet puppet = home.puppet("By keys");
            puppet.prompted("One").says("Said one", "a").says("Said two", "b").finishes();
            page.enter(home).reads(".sidebar", "By keys").press("]", Keys.ENTER);
            page.reads(".markdown", "Said two");
            assertThat(page.focused()).isEqualTo("transcript");
            page.press("j", "j");
            assertThat(page.script("return document.activeElement.textContent"))
                    .asString()
                    .contains("Said one");
            page.press("C").sees("dialog[open]").press(Keys.ESCAPE).seesNo("dialog[open]");
            assertThat(page.script("return document.activeElement.className"))
                    .asString()
                    .contains("message");
            page.press("c");
            assertThat(page.focused()).isEqualTo("prompt");
            page.press(Keys.ESCAPE);
            assertThat(page.focused()).isEqualTo("transcript");
            page.press("g", "d").sees("#changes");
            assertThat(page.focused()).isEqualTo("changes");
            page.press("t").sees(".travel");
            assertThat(page.focused()).isEqualTo("time");
            page.press("t").seesNo(".travel");
            assertThat(page.focused()).isEqualTo("changes");
        }
    }

    @Test
    void tab_reaches_everything_visibly_and_is_caught_nowhere() throws IOException {
        try (var home = ServedHome.in(directory);
                var page = Page.open(directory)) {
            Puppet puppet = home.puppet("Round and round");
            puppet.prompted("One").says("```js\nlet a;\n```").asks("x", "May I?");
            page.enter(home).opens(puppet).sees(".question");
            page.script(
                    """
                    window.stops = [];
                    document.addEventListener('focusin', ({ target }) => {
                      const { outlineStyle, boxShadow } = getComputedStyle(target);
                      stops.push([target, outlineStyle !== 'none' || boxShadow !== 'none']);
                    });
                    document.activeElement.blur();
                    """);
            for (int stop = 0; stop < MORE_THAN_ALL_STOPS; stop++) {
                page.press(Keys.TAB);
            }
            assertThat(page.number("return stops.filter(([, visible]) => !visible).length"))
                    .as("stops that nobody sees")
                    .isZero();
            assertThat(
                            page.script(
                                    """
                                    return [...document.querySelectorAll('button, a[href], input, select, textarea')]
                                      .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled)
                                      .filter((one) => !stops.some(([target]) => target === one))
                                      .map((one) => one.outerHTML)
                                    """))
                    .as("what Tab does not reach")
                    .isEqualTo(List.of());
        }
    }
}
