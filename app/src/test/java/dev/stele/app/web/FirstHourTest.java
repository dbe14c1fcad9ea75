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
    void a_first_thread_is_begun_and_nothing_that_was_written_is_lost_on_the_way()
            throws IOException {
        try (var home = ServedHome.in(directory);
                var page = Page.open(directory)) {
            page.enter(home).reads(".welcome", "Welcome to Stele").press("n");
            page.sees("dialog[open] input[name=path]");
            assertThat(page.focused()).as("where one begins to write").isEqualTo("path");
            chooseAgent(page, "scripted");
            page.write("dialog textarea", "Keep me");
            page.write("dialog input[name=path]", "/nowhere/at all").press(Keys.ENTER);
            page.reads("dialog .trouble", "There is no directory /nowhere/at all");
            assertThat(page.value("dialog textarea")).isEqualTo("Keep me");

            page.script("document.querySelector('dialog input[name=path]').value = ''");
            page.write("dialog input[name=path]", home.project().directory().toString());
            page.script("document.querySelector('dialog textarea').value = ''");
            page.click("dialog .button.primary").seesNo("dialog[open]");
            page.reads(".head", "garden").reads(".edge", "Write the first prompt below");
            page.until("the prompt has the focus", "return document.activeElement.id === 'prompt'");
            assertThat(page.complaints()).isEmpty();
        }
    }

    @Test
    void who_has_one_project_is_offered_it_and_no_agent_that_is_missing() throws IOException {
        try (var home = ServedHome.in(directory);
                var page = Page.open(directory)) {
            home.puppet("The first");
            page.enter(home).reads(".sidebar", "The first").press("n");
            page.reads("dialog select[name=project] option:checked", "garden");
            page.seesNo("dialog input[name=path]");
            page.until(
                    "agents are known",
                    "return document.querySelectorAll('dialog select[name=agent] option').length > 2");
            assertThat(
                            page.script(
                                    "return document.querySelector("
                                            + "'dialog select[name=agent] option:checked').disabled"))
                    .as("the agent that is chosen at first is there")
                    .isEqualTo(false);
            chooseAgent(page, "");
            page.sees("dialog input[name=own]").press(Keys.ESCAPE).seesNo("dialog[open]");
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

    private static void chooseAgent(Page page, String name) {
        page.script(
                "const agents = document.querySelector('dialog select[name=agent]');"
                        + "agents.value = arguments[0];"
                        + "agents.dispatchEvent(new Event('change'))",
                name);
    }
}
