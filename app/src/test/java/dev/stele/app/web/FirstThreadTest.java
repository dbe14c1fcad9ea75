package dev.stele.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** Somebody's first minute with the page. */
@Tag("browser")
final class FirstThreadTest {
    private static final String DIRECTORY = "dialog [name=path]";

    @TempDir private Path directory;

    @Test
    void the_first_thread_begins_where_the_server_was_started_with_an_agent_that_is_there()
            throws Exception {
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
            throws Exception {
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
}
