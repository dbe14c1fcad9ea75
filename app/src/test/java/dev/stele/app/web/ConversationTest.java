package dev.stele.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.ProviderError;
import dev.stele.contracts.ProviderError.Kind;
import dev.stele.contracts.ProviderError.Scope;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.ToolKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** What people do in a thread, and what must not get in their way. */
@Tag("browser")
final class ConversationTest {
    private static final String AT_THE_END =
            "const { scrollHeight, scrollTop, clientHeight } = document.getElementById('transcript');"
                    + "return scrollHeight - scrollTop - clientHeight < 4";

    @TempDir private Path directory;

    @Test
    void the_end_stays_in_sight_while_it_grows_until_somebody_scrolls_up() throws IOException {
        try (var home = ServedHome.in(directory);
                var page = Page.open(directory)) {
            Puppet puppet = home.puppet("Long").prompted("Talk");
            page.enter(home).opens(puppet);
            for (int part = 0; part < 30; part++) {
                puppet.says("Part " + part + "\n\n- a\n- b\n\n```\ncode\n```\n", "m" + part);
            }
            page.reads(".markdown", "Part 29").until("the end is in sight", AT_THE_END);
            puppet.calls("c", ToolKind.EXECUTE, "Run it", "{\"a\":1}").asks("c", "Run it");
            page.sees(".question").until("the end is in sight", AT_THE_END);
            page.write("#prompt", "And then?").press(Keys.ENTER).sees(".queue");
            page.until("the end is in sight", AT_THE_END);

            page.script("document.getElementById('transcript').scrollTop = 300");
            page.until(
                    "it stands there",
                    "return document.getElementById('transcript').scrollTop < 400");
            puppet.says("Part 30", "m30");
            page.reads(".markdown", "Part 30");
            assertThat(
                            page.number(
                                    "return document.getElementById('transcript').scrollTop < 400 ? 1 : 0"))
                    .as("who reads further up is left there")
                    .isEqualTo(1);
        }
    }

    @Test
    void a_turn_that_failed_says_why_and_can_be_asked_again() throws IOException {
        try (var home = ServedHome.in(directory);
                var page = Page.open(directory)) {
            Puppet puppet = home.puppet("Fails").prompted("Try this");
            puppet.tell(
                    new ProviderEvent.Error(
                            ProviderError.of(Scope.TURN, Kind.SERVER, "The model is overloaded")));
            page.enter(home).opens(puppet);
            page.reads(".turn footer .words.failed", "The model is overloaded");
            page.click(".turn footer button:last-child");
            page.until(
                    "the prompt is there again",
                    "return document.getElementById('prompt').value === 'Try this'");
            page.script("location.reload()");
            page.connected().sees("#prompt");
            assertThat(page.value("#prompt")).as("also after a reload").isEqualTo("Try this");
        }
    }

    @Test
    void a_prompt_that_was_refused_is_given_back_to_the_thread_that_it_was_written_in()
            throws IOException {
        try (var home = ServedHome.in(directory);
                var page = Page.open(directory)) {
            Puppet written = home.puppet("Written");
            Puppet other = home.puppet("Other");
            page.enter(home).opens(written);
            page.script(
                    """
                    const ask = window.fetch;
                    window.fetch = async (path, ...rest) => {
                      if (!path.startsWith('/api/commands')) return ask(path, ...rest);
                      await new Promise((refuse) => (window.refuse = refuse));
                      return new Response('{"title":"No","detail":"Refused"}', { status: 400 });
                    };
                    """);
            page.write("#prompt", "Weed the beds").press(Keys.ENTER);
            page.until("it is sent", "return Boolean(window.refuse)");
            page.opens(other).reads(".head", "Other");
            page.script("window.refuse()");
            page.reads(".toasts", "Refused");
            assertThat(page.value("#prompt")).as("the other thread's").isEmpty();
            page.opens(written).reads(".head", "Written");
            page.until(
                    "the prompt is there again",
                    "return document.getElementById('prompt')?.value === 'Weed the beds'");
        }
    }

    @Test
    void a_file_can_be_left_out_of_a_restore() throws IOException {
        try (var home = ServedHome.in(directory);
                var page = Page.open(directory)) {
            Puppet puppet = home.puppet("Two files").prompted("Write two");
            home.project().write("one.txt", "1\n").write("two.txt", "2\n");
            puppet.finishes();
            page.enter(home).opens(puppet).click(".turn footer button");
            page.reads(".preview", "2 files would change").reads(".plan", "two.txt");
            page.click(".plan li:nth-child(2) input").reads(".preview", "1 of 2 files");
            page.click("dialog .button.primary").reads(".toast", "1 file deleted");
            assertThat(home.project().directory().resolve("one.txt")).doesNotExist();
            assertThat(home.project().directory().resolve("two.txt")).exists();
        }
    }

    @Test
    void what_a_hook_refused_need_not_be_written_again() throws IOException {
        try (var home = ServedHome.in(directory);
                var page = Page.open(directory)) {
            Path hook = home.project().directory().resolve(".git/hooks/pre-commit");
            Files.createDirectories(hook.resolveSibling("."));
            Files.writeString(hook, "#!/bin/sh\necho 'not on Sundays' >&2\nexit 1\n");
            Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
            Puppet puppet = home.puppet("Hooked").prompted("Write");
            home.project().write("one.txt", "1\n");
            puppet.finishes();
            page.enter(home).opens(puppet).leave().press("C");
            page.write("dialog textarea", "A message with thought");
            page.click("dialog .button.primary").reads(".toast", "not on Sundays");
            page.press(Keys.ESCAPE).seesNo(".toast").press("C").sees("dialog textarea");
            assertThat(page.value("dialog textarea")).isEqualTo("A message with thought");
            Files.delete(hook);
            page.click("dialog .button.primary").reads(".toast", "Committed as");
        }
    }

    @Test
    void a_branch_name_that_git_forbids_is_refused_where_it_is_written() throws IOException {
        try (var home = ServedHome.in(directory);
                var page = Page.open(directory)) {
            Puppet puppet = home.puppet("Branches");
            page.enter(home).opens(puppet).click(".side .button:nth-child(2)");
            page.write("dialog input[name=name]", "no..good").press(Keys.ENTER);
            page.reads("dialog .trouble", "no..good");
            assertThat(page.value("dialog input[name=name]")).isEqualTo("no..good");
            page.press(Keys.ESCAPE).seesNo("dialog[open]");
        }
    }

    @Test
    void a_thread_that_is_deleted_elsewhere_is_not_shown_any_more() throws IOException {
        try (var home = ServedHome.in(directory);
                var page = Page.open(directory)) {
            Puppet puppet = home.puppet("Short-lived");
            page.enter(home).opens(puppet);
            home.delete(puppet);
            page.reads(".edge", "There is no such thread").seesNo("#prompt");
        }
    }
}
