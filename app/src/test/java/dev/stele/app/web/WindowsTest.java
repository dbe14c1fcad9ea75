package dev.stele.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
    void eight_windows_follow_a_turn_over_one_stream_and_each_can_send() throws IOException {
        try (var home = ServedHome.in(directory);
                var page = Page.open(directory)) {
            Puppet puppet = home.puppet("All together");
            page.enter(home).opens(puppet);
            URI address = page.address();
            var windows = new ArrayList<>(List.of(page.window()));
            while (windows.size() < MORE_THAN_CONNECTIONS) {
                page.newWindow();
                page.go(address);
                page.connected().sees("#prompt");
                windows.add(page.window());
            }
            assertThat(streams(page)).as("streams of the server").isEqualTo(1);
            puppet.prompted("Say it to all").says("Heard by everybody");
            for (String window : windows) {
                page.use(window);
                page.reads(".markdown", "Heard by everybody");
                page.write("#prompt", "from " + windows.indexOf(window)).press(Keys.ENTER);
                page.reads(".queue", "from " + windows.indexOf(window));
            }
            page.use(windows.getFirst());
            page.reads(".queue", "from 7");
            assertThat(page.complaints()).isEmpty();
        }
    }

    @Test
    void a_window_that_gets_its_lock_late_is_not_taken_for_gone() throws IOException {
        try (var home = ServedHome.in(directory);
                var page = Page.open(directory)) {
            Puppet puppet = home.puppet("Late").prompted("Go on");
            page.beforeScripts(
                    """
                    const { locks } = navigator;
                    const request = locks.request.bind(locks);
                    locks.request = async (name, then) => {
                      await new Promise((later) => setTimeout(later, 1000));
                      document.documentElement.dataset.locked = 'yes';
                      return request(name, then);
                    };
                    """);
            page.enter(home).opens(puppet).sees("[data-locked]");
            puppet.says("Heard, ");
            page.reads(".markdown", "Heard, ");
            puppet.says("and heard again");
            page.reads(".markdown", "and heard again");
        }
    }

    @Test
    void windows_go_on_when_the_worker_that_they_share_dies() throws IOException {
        try (var home = ServedHome.in(directory);
                var page = Page.open(directory)) {
            Puppet puppet = home.puppet("Twice").prompted("Go on").says("One, ");
            page.enter(home).opens(puppet);
            URI address = page.address();
            String first = page.newWindow();
            page.go(address);
            page.connected().reads(".markdown", "One,");
            page.killWorkers();
            puppet.says("two");
            page.reads(".markdown", "One, two");
            page.use(first);
            page.reads(".markdown", "One, two");
            page.closeOthers();
            puppet.says(", three");
            page.reads(".markdown", "One, two, three");
            assertThat(streams(page)).as("streams of the server").isEqualTo(1);
        }
    }

    @Test
    void a_window_that_was_left_and_kept_keeps_no_other_from_a_new_worker() throws IOException {
        try (var home = ServedHome.in(directory);
                var page = Page.open(directory)) {
            Puppet puppet = home.puppet("Kept").prompted("Go on").says("One, ");
            page.enter(home).opens(puppet);
            URI address = page.address();
            String left = page.newWindow();
            page.go(address);
            page.connected().reads(".markdown", "One,");
            String stays = page.window();
            page.use(left);
            page.go(URI.create("about:blank"));
            page.killWorkers();
            page.use(stays);
            puppet.says("two");
            page.reads(".markdown", "One, two");
        }
    }

    @Test
    void a_window_that_comes_back_after_its_worker_has_died_has_every_fact() throws IOException {
        try (var home = ServedHome.in(directory);
                var page = Page.open(directory)) {
            Puppet puppet = home.puppet("Back").prompted("Go on").says("One, ");
            page.enter(home).opens(puppet).reads(".markdown", "One,");
            page.script("window.kept = true");
            page.go(URI.create("about:blank"));
            page.killWorkers();
            puppet.says("two");
            page.back();
            page.reads(".markdown", "One, two").connected();
            assertThat(page.script("return window.kept")).as("it is the same page").isEqualTo(true);
        }
    }

    @Test
    void a_window_without_shared_workers_has_a_stream_of_its_own() throws IOException {
        try (var home = ServedHome.in(directory);
                var page = Page.open(directory)) {
            Puppet puppet = home.puppet("Alone").prompted("Hello");
            page.beforeScripts("delete globalThis.SharedWorker");
            page.enter(home).opens(puppet);
            puppet.says("Heard all the same");
            page.reads(".markdown", "Heard all the same");
            assertThat(page.script("return typeof SharedWorker")).isEqualTo("undefined");
        }
    }

    /** How many streams the server has open, as it tells itself. */
    private static long streams(Page page) {
        Object told =
                page.answer(
                        """
                        const text = await (await fetch('/metrics')).text();
                        return Number(/^stele_streams (\\d+)/m.exec(text)[1]);
                        """);
        return ((Number) Objects.requireNonNull(told)).longValue();
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
