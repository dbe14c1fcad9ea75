package dev.stele.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** Somebody who has never seen the page. */
@Tag("browser")
final class FirstHourTest {
    @TempDir private Path directory;

    @Test
    void who_begins_a_thread_goes_on_writing_in_it_with_the_same_agent_the_next_time()
            throws IOException {
        try (var home = ServedHome.in(directory);
                var page = Page.open(directory)) {
            page.enter(home).reads(".welcome", "Welcome to Stele").press("n");
            page.reads("dialog select[name=agent]", "puppet");
            page.script(
                    "const agents = document.querySelector('dialog select[name=agent]');"
                            + "agents.value = 'scripted';"
                            + "agents.dispatchEvent(new Event('change'))");
            page.click("dialog .button.primary").seesNo("dialog[open]");
            page.reads(".head", "garden").reads(".edge", "Write the first prompt below");
            page.until("the prompt has the focus", "return document.activeElement.id === 'prompt'");
            page.leave().press("n").reads("dialog select[name=agent]", "puppet");
            page.until(
                    "the same agent is offered",
                    "return document.querySelector('dialog select[name=agent]').value === 'scripted'");
            page.press(Keys.ESCAPE).seesNo("dialog[open]");
            assertThat(page.complaints()).isEmpty();
        }
    }

    @Test
    void a_page_without_the_token_says_where_it_is_and_goes_on_when_another_is_let_in()
            throws IOException {
        try (var home = ServedHome.in(directory);
                var page = Page.open(directory)) {
            home.puppet("Behind the door");
            page.go(home.entrance().resolve("/"));
            page.reads(".welcome", "?token=").reads(".connection", "start link");
            String outside = page.newWindow();
            page.enter(home);
            page.use(outside);
            page.connected().reads(".sidebar", "Behind the door");
        }
    }
}
