package dev.stele.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.PlanEntry;
import dev.stele.contracts.ToolKind;
import dev.stele.contracts.ToolOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The whole story of a turn, told by keys and clicks. */
@Tag("browser")
final class TurnStoryTest {
    @TempDir private Path directory;

    @Test
    void a_turn_is_prompted_approved_looked_at_taken_back_and_brought_back() throws IOException {
        try (var home = ServedHome.in(directory);
                var page = Page.open(directory)) {
            Puppet puppet = home.puppet("Roses");
            page.enter(home).opens(puppet);

            page.write("#prompt", "Plant **roses**, please.").press(Keys.ENTER);
            page.reads(".message.prompt", "Plant **roses**, please.");
            puppet.promptedByOthers();
            page.sees(".head .state.running").sees("#interrupt");
            speak(page, puppet);
            approve(page, home, puppet);
            finish(page, puppet);
            lookAtChanges(page);
            takeBackAndBringBack(page, home);
            assertThat(page.complaints()).isEmpty();
        }
    }

    private static void speak(Page page, Puppet puppet) {
        puppet.thinks("First the soil.").says("I will plant ", "one");
        page.reads(".markdown", "I will plant");
        puppet.says("*roses*:\n\n```java\nint roses = 3; // red\n```\n", "one")
                .plans(
                        new PlanEntry("Dig", "completed", null),
                        new PlanEntry("Plant", "in_progress", null));
        page.sees(".markdown em").reads(".steps .in_progress", "Plant");
        page.reads(".thought summary", "First the soil.");
        assertThat(page.number("return document.querySelector('.thought').open ? 1 : 0"))
                .as("thinking is folded")
                .isZero();
    }

    private static void approve(Page page, ServedHome home, Puppet puppet) throws IOException {
        puppet.calls(
                "edit",
                ToolKind.EDIT,
                "Edit roses.txt",
                "{\"path\":\"roses.txt\"}",
                new ToolOutput.Diff("roses.txt", null, "red\nwhite\n"));
        page.reads(".markdown .hl-keyword, .markdown .hl-type", "int");
        puppet.asks("edit", "Edit roses.txt");
        page.sees(".question").reads(".question", "Edit roses.txt");
        page.reads(".question .diff .plus", "white").reads(".answers", "Always");
        page.reads("#called", "The agent asks");
        page.leave().press("a").seesNo(".question");
        home.project().write("roses.txt", "red\nwhite\n");
        puppet.result("edit", "Wrote roses.txt");
        page.reads(".tool .outcome", "succeeded");
    }

    private static void finish(Page page, Puppet puppet) {
        puppet.says("Done.", "two").finishes();
        page.sees(".head .state.idle").reads(".turn footer", "completed");
        page.reads(".timeline", "Before “Plant").reads(".timeline", "after the turn");
    }

    private static void lookAtChanges(Page page) {
        page.leave().press("g", "d").reads(".file .path", "roses.txt");
        page.sees("table.unified .plus").press("v").sees("table.split .plus");
        page.press("g", "c").sees(".transcript");
    }

    private static void takeBackAndBringBack(Page page, ServedHome home) throws IOException {
        Path roses = home.project().directory().resolve("roses.txt");
        page.click(".turn footer button").sees("dialog[open]");
        page.reads(".plan .badge.delete", "delete").reads(".plan", "roses.txt");
        assertThat(roses).exists();
        page.click("dialog .button.primary").seesNo("dialog[open]");
        page.reads(".toast", "1 file deleted");
        assertThat(roses).doesNotExist();
        page.leave().press("u").reads(".toast", "1 file written");
        assertThat(Files.readString(roses)).isEqualTo("red\nwhite\n");
    }
}
