package dev.stele.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The log as a page shows it, and the past that it remembers. */
@Tag("browser")
final class LogAndTimeTest {
    @TempDir private Path directory;

    private static void stepThroughTime(Page page, Puppet puppet) {
        page.press(",").sees(".travel").press("<");
        page.reads(".travel .place", "a turn begins: Second");
        page.reads(".message.prompt", "Second").seesNo(".message.speech ~ .message.prompt");
        page.press("<").reads(".travel .place", "a turn begins: First");
        page.press(">").reads(".travel .place", "a turn begins: Second");
        page.press("g", "d").reads(".changes", "No file differs");
        page.press("<").reads(".travel .place", "a turn begins: First");
        page.press("g", "l").reads(".fact.here .gist", "a turn begins: First");
        page.until(
                "the log ends there",
                "return document.querySelector('.fact').classList.contains('here')");
        page.press(",").reads(".fact.here .type", "ThreadCreated");
        page.press("g", "h").script("document.getElementById('time').focus()");
        page.press(Keys.HOME).reads(".travel output", "1 of");
        page.script("location.hash = arguments[0]", "#/thread/" + puppet.thread());
        page.reads(".edge", "This thread was not there");
        page.press("t").seesNo(".travel").reads(".markdown", "The second answer");
    }

    @Test
    void the_log_is_searched_and_verified_and_the_past_is_looked_at() throws IOException {
        try (var home = ServedHome.in(directory);
                var page = Page.open(directory)) {
            Puppet puppet = home.puppet("History").prompted("First").says("The first answer");
            puppet.finishes();
            long then = home.stele().model().sequence();
            puppet.prompted("Second").says("The second answer").finishes();
            page.enter(home).opens(puppet).reads(".markdown", "The second answer");

            page.leave().press("g", "l").reads(".fact .type", "TurnStarted");
            page.write("#log-search", "second answer").press(Keys.ENTER);
            page.until(
                    "one fact matches", "return document.querySelectorAll('.fact').length === 1");
            page.click(".fact summary").reads(".fact pre", "\"text\": \"The second answer\"");
            page.click("#verify").reads(".verdict.done", "The log is what was written");

            page.opens(puppet).leave().press("t").sees(".travel");
            page.script(
                    "const time = document.getElementById('time');"
                            + "time.value = arguments[0];"
                            + "time.dispatchEvent(new Event('input'))",
                    then);
            page.until(
                    "the second answer was not said yet",
                    "return !document.getElementById('transcript').textContent.includes('second')"
                            + " && document.getElementById('transcript').textContent.includes('first')");
            assertThat(page.script("return document.getElementById('prompt').disabled"))
                    .as("the past cannot be changed")
                    .isEqualTo(true);
            page.press("t").seesNo(".travel").reads(".markdown", "The second answer");
            stepThroughTime(page, puppet);
            assertThat(page.complaints()).isEmpty();
        }
    }
}
