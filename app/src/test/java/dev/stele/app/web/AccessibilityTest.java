package dev.stele.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.PlanEntry;
import dev.stele.contracts.ToolKind;
import dev.stele.contracts.ToolOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** Every view, in both themes and on a narrow screen, without an obstacle that axe-core knows. */
@Tag("browser")
final class AccessibilityTest {
    @TempDir private Path directory;

    @Test
    void no_view_has_an_obstacle() throws IOException {
        try (var home = ServedHome.in(directory);
                var page = Page.open(directory)) {
            Puppet puppet = home.puppet("Reachable").prompted("Be kind");
            puppet.thinks("Hm.")
                    .says(
                            """
                            # A title

                            Words, `code`, [a link](https://example.org).

                            ```js
                            let a = 'b'; // c
                            ```

                            | a | b |
                            |---|---|
                            | 1 | 2 |
                            """)
                    .plans(new PlanEntry("Step", "in_progress", null))
                    .calls(
                            "edit",
                            ToolKind.EDIT,
                            "Edit a.txt",
                            "{}",
                            new ToolOutput.Diff("a.txt", "a\n", "b\n"));
            puppet.asks("edit", "Edit a.txt");
            page.enter(home);
            isFree(page, "home");
            page.opens(puppet).sees(".question").reads(".steps", "Step");
            isFree(page, "a question");
            page.leave().press("d");
            isFree(page, "the other theme");
            page.press("?").sees("dialog[open]");
            isFree(page, "the keys");
            page.press(Keys.ESCAPE).seesNo("dialog[open]");
            for (String key : List.of("n", "i", "C")) {
                page.press(key).sees("dialog[open]");
                isFree(page, "the dialog of " + key);
                page.press(Keys.ESCAPE).seesNo("dialog[open]");
            }
            page.press("a").seesNo(".question");
            home.project().write("tracked.txt", "changed\n");
            puppet.result("edit", "Done").finishes();
            page.press("g", "d").sees("table.diff");
            isFree(page, "changes");
            page.script(
                    "const compared = document.getElementById('compared');"
                            + "compared.value = 'between';"
                            + "compared.dispatchEvent(new Event('change'))");
            page.sees(".point-of").sees(".file");
            isFree(page, "what differs between two points");
            page.press("g", "l").sees(".fact").press("t").sees(".travel");
            isFree(page, "the log, and time travel");
            page.press("t").press("g", "h");
            page.opens(puppet).click(".turn footer button").reads(".plan", "tracked.txt");
            isFree(page, "a restore");
            page.press(Keys.ESCAPE).seesNo("dialog[open]");
            page.size(420, 800);
            isFree(page, "a narrow screen");
        }
    }

    @Test
    void readers_of_screens_are_not_told_every_piece_that_streams() throws IOException {
        try (var home = ServedHome.in(directory);
                var page = Page.open(directory)) {
            Puppet puppet = home.puppet("Quiet");
            page.enter(home).opens(puppet);
            page.script(
                    """
                    window.told = [];
                    new MutationObserver((changes) => changes.forEach(({ target }) => {
                      const region = (target.closest ? target : target.parentElement)
                        .closest('[aria-live], [role=status], [role=alert], [role=log]');
                      if (region) told.push(region.textContent);
                    })).observe(document.body, { subtree: true, childList: true, characterData: true });
                    """);
            puppet.prompted("Talk");
            for (int piece = 0; piece < 40; piece++) {
                puppet.says("piece " + piece + " ", "one");
            }
            page.reads(".markdown", "piece 39");
            puppet.finishes();
            page.sees(".head .state.idle").reads("#said", "completed");
            assertThat(page.script("return told"))
                    .asInstanceOf(InstanceOfAssertFactories.LIST)
                    .containsExactlyInAnyOrder("The agent is working.", "The turn is completed.");
        }
    }

    private static void isFree(Page page, String view) {
        assertThat(page.obstacles()).as(view).isEmpty();
    }
}
