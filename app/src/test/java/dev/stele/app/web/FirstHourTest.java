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
    private static final String DIRECTORY = "dialog [name=path]";

    @TempDir private Path directory;

    @Test
    void the_first_thread_begins_where_the_server_was_started_with_an_agent_that_is_there()
            throws IOException {
        try (var home = ServedHome.in(directory);
                var page = Page.open(directory)) {
            page.enter(home).reads("main", "Welcome to Stele").press("n");
            page.reads("dialog [role=status]", "A puppet answers nobody but its test.");
            assertThat(page.script("return document.querySelector(arguments[0]).value", DIRECTORY))
                    .isEqualTo(home.project().directory().toString());
            assertThat(page.script("return document.querySelector('dialog [name=agent]').value"))
                    .isEqualTo("puppet");
            assertThat(page.text("dialog [name=agent]")).contains("scripted");
            assertThat(page.obstacles()).isEmpty();

            page.write("dialog [name=text]", "Weed the beds");
            page.hold(Keys.CONTROL, Keys.ENTER);

            page.reads(".head h1", "Weed the beds").reads(".sidebar .project", "garden");
            page.seesNo("dialog");
        }
    }

    @Test
    void a_wrong_directory_is_told_in_the_dialog_and_nothing_that_was_written_is_lost()
            throws IOException {
        try (var home = ServedHome.in(directory);
                var page = Page.open(directory)) {
            page.enter(home).press("n").write("dialog [name=text]", "Weed the beds");
            page.click(DIRECTORY).hold(Keys.CONTROL, "a").press("/no/such/garden");

            page.click("dialog [type=submit]")
                    .reads("dialog [role=alert]", "There is no directory /no/such/garden");

            assertThat(page.script("return document.querySelector('dialog textarea').value"))
                    .isEqualTo("Weed the beds");
            assertThat(home.stele().model().projects()).isEmpty();
            assertThat(page.complaints()).isEmpty();
        }
    }

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
