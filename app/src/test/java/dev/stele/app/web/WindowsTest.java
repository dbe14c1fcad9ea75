package dev.stele.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** Two windows of one home. */
@Tag("browser")
final class WindowsTest {
    /** Browsers allow six connections to a server. */
    private static final int MORE_THAN_CONNECTIONS = 8;

    @TempDir private Path directory;

    @Test
    void two_windows_stay_in_step() throws IOException {
        try (var home = ServedHome.in(directory);
                var page = Page.open(directory)) {
            Puppet puppet = home.puppet("Together");
            page.enter(home).opens(puppet);
            URI address = page.address();
            String first = page.newWindow();
            page.go(address);
            page.connected().sees("#prompt");
            String second = page.window();

            page.write("#prompt", "Said in the second").press(Keys.ENTER);
            puppet.promptedByOthers();
            page.use(first);
            page.reads(".message.prompt", "Said in the second");
            page.write("#prompt", "Waits, said in the first").press(Keys.ENTER);
            page.reads(".queue", "Waits, said in the first");
            page.use(second);
            page.reads(".queue", "Waits, said in the first");

            puppet.says("Heard by both").asks("none", "May I go on?");
            page.reads(".markdown", "Heard by both").sees(".question");
            page.leave().press("r").seesNo(".question");
            page.use(first);
            page.reads(".markdown", "Heard by both").seesNo(".question");
            page.click(".queue button[aria-label=Remove]").seesNo(".queue");
            page.use(second);
            page.seesNo(".queue");
            assertThat(page.complaints()).isEmpty();
        }
    }

    @Test
    void a_page_that_was_left_holds_no_connection_that_a_new_one_needs() throws IOException {
        try (var home = ServedHome.in(directory);
                var page = Page.open(directory)) {
            Puppet puppet = home.puppet("Again and again");
            page.enter(home).opens(puppet);
            URI address = page.address();
            for (int times = 0; times < MORE_THAN_CONNECTIONS; times++) {
                page.go(URI.create("about:blank"));
                page.go(address);
                page.connected().sees("#prompt");
            }
            assertThat(page.complaints()).isEmpty();
        }
    }
}
