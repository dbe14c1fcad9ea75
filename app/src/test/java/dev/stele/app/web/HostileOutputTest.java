package dev.stele.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.ToolKind;
import dev.stele.contracts.ToolOutput;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent that means harm. */
@Tag("browser")
final class HostileOutputTest {
    private static final String HARM =
            """
            <img src=x onerror="window.harmed=1"><script>window.harmed=2</script>
            <iframe srcdoc="<script>parent.harmed=3</script>"></iframe>

            [a link](javascript:window.harmed=4) ![a picture](http://example.invalid/seen.png)
            <svg onload=window.harmed=5><style>body{display:none}</style>

            | <b onclick=window.harmed=6>cell</b> |
            |---|
            | `<script>window.harmed=7</script>` |
            """;
    private static final String TURNED = "safe\u202egnp.exe\u202c and \u0007\u001b[31mred\u001b[0m";

    @TempDir private Path directory;

    @Test
    void what_an_agent_says_is_shown_and_never_run() throws IOException {
        try (var home = ServedHome.in(directory);
                var page = Page.open(directory)) {
            Puppet puppet = home.puppet(HARM + TURNED).prompted(HARM + TURNED);
            page.enter(home).opens(puppet);
            puppet.thinks(HARM)
                    .says(HARM + TURNED, "one")
                    .calls(
                            "tool",
                            ToolKind.EXECUTE,
                            HARM + TURNED,
                            HARM,
                            new ToolOutput.TextOutput(HARM + TURNED),
                            new ToolOutput.Diff("<script>", HARM, HARM + TURNED))
                    .asks("tool", HARM + TURNED);
            page.sees(".question").reads(".markdown", "<script>window.harmed=2</script>");
            puppet.result("tool", HARM + TURNED).says("The end", "two").finishes();
            page.reads(".markdown", "The end").sees(".head .state.idle");

            assertThat(page.script("return window.harmed ?? null")).isNull();
            assertThat(page.count("#main iframe, #main script, #main style, #main [onerror]"))
                    .isZero();
            assertThat(page.count("a[href^='javascript'], img[src^='http']")).isZero();
            assertThat(page.number("return document.body.innerText.search(/[\\u202e\\u0007]/)"))
                    .as("no hidden character is left hidden")
                    .isEqualTo(-1);
            page.reads(".markdown", "⟦RLO⟧").reads(".markdown", "␇");
            page.until(
                    "nothing was asked of anybody else",
                    "return performance.getEntriesByType('resource')"
                            + ".every((one) => one.name.startsWith(location.origin))");
        }
    }

    @Test
    void what_no_parser_takes_apart_hides_nothing_else() throws IOException {
        try (var home = ServedHome.in(directory);
                var page = Page.open(directory)) {
            Puppet puppet = home.puppet("Deep").prompted("Go deep");
            puppet.says(">".repeat(10_000) + " bottom", "one")
                    .says("- ".repeat(3_000) + "bottom", "two")
                    .says("|" + " c |".repeat(1_000) + "\n|" + "-|".repeat(1_000), "three");
            page.enter(home).opens(puppet);
            puppet.says(">".repeat(10_000), "four").says(" and further", "four");
            puppet.calls("many", ToolKind.EXECUTE, "Count", "{}")
                    .result("many", "a line\n".repeat(200_000))
                    .says("The end", "five");
            page.reads(".markdown", "bottom").reads(".markdown", "The end");
            page.reads(".markdown", "and further").reads(".tool .rest", "of 1.4 MB");
            assertThat(page.complaints()).isEmpty();
        }
    }

    @Test
    void all_of_a_long_command_can_be_read_before_it_is_allowed() throws IOException {
        try (var home = ServedHome.in(directory);
                var page = Page.open(directory)) {
            Puppet puppet = home.puppet("Long command").prompted("Run");
            String command = "echo harmless; ".repeat(400) + "rm -rf everything";
            page.enter(home).opens(puppet);
            puppet.calls("run", ToolKind.EXECUTE, "Run a command", command).asks("run", command);
            page.sees(".question .rest button").click(".question .rest button");
            page.reads(".question pre", "rm -rf everything");
        }
    }

    @Test
    void a_line_of_5_MB_does_not_hold_up_the_page() throws IOException {
        try (var home = ServedHome.in(directory);
                var page = Page.open(directory)) {
            Puppet puppet = home.puppet("Endless").prompted("Say much");
            page.enter(home).opens(puppet);
            puppet.says("long ".repeat(1_000_000), "one");
            page.reads(".markdown", "long long").reads(".rest", "5.0 MB");
            puppet.says("Still here", "two");
            page.reads(".markdown", "Still here");
            long shown = page.number("return document.querySelector('.markdown').innerText.length");
            assertThat(shown).isLessThan(30_000);
            page.click(".rest button");
            page.until(
                    "more of it is shown",
                    "return document.querySelector('.markdown').innerText.length > arguments[0]",
                    shown);
        }
    }
}
