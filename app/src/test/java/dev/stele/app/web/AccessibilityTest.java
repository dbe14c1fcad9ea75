package dev.stele.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.PlanEntry;
import dev.stele.contracts.ToolKind;
import dev.stele.contracts.ToolOutput;
import java.io.IOException;
import java.nio.file.Path;
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
            page.press(Keys.ESCAPE).seesNo("dialog[open]").press("a").seesNo(".question");
            home.project().write("tracked.txt", "changed\n");
            puppet.result("edit", "Done").finishes();
            page.press("g", "d").sees("table.diff");
            isFree(page, "changes");
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

    private static void isFree(Page page, String view) {
        assertThat(page.obstacles()).as(view).isEmpty();
    }
}
