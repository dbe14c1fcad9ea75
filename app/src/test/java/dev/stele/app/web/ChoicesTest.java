package dev.stele.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.app.support.GitProject;
import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ProviderEvent;
import dev.stele.contracts.ToolKind;
import dev.stele.contracts.ToolOutput;
import dev.stele.domain.model.Message;
import dev.stele.domain.model.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/**
 * What people choose in dialogs: rules for agents, where a push goes, worktrees, what goes with a
 * prompt.
 */
@Tag("browser")
final class ChoicesTest {
    @TempDir private static Path directory;

    private static ServedHome home;
    private static Page page;

    @BeforeAll
    static void enter() throws IOException {
        home = ServedHome.in(directory);
        page = Page.open(directory);
    }

    @AfterAll
    static void leave() {
        page.close();
        home.close();
    }

    @BeforeEach
    void anew() {
        page.enter(home);
    }

    private static void isFree(String view) {
        assertThat(page.obstacles()).as(view).isEmpty();
    }

    private static void choose(String select, String value) {
        page.script(
                "const one = document.querySelector(arguments[0]); one.value = arguments[1];"
                        + "one.dispatchEvent(new Event('change', { bubbles: true }))",
                select,
                value);
    }

    @Test
    void a_rule_of_ours_answers_a_question_and_is_told_to_have_done_so() throws IOException {
        Puppet puppet = home.puppetIn("rules", "Rules").prompted("Edit it");
        puppet.calls(
                "edit",
                ToolKind.EDIT,
                "Edit src/A.java",
                "{}",
                new ToolOutput.Diff("src/A.java", "a\n", "b\n"));
        puppet.asks("edit", "Edit src/A.java");
        page.opens(puppet).reads(".question .link", "Allow edits of src/** from now on");

        page.click(".question .link").sees("dialog[open]");
        isFree("a rule that suggests itself");
        page.press(Keys.ENTER).seesNo(".question").seesNo("dialog[open]");

        page.reads(".side .rules", "allow:edit:src/**").reads(".tool .badge", "by a rule");
        puppet.result("edit", "Done").finishes();
        page.go(page.address());
        page.connected().reads(".tool .badge", "by a rule");
        page.reads(".tool .parts", "Allowed by the thread policy, rule 1: allow:edit:src/**");
        takeBack();
    }

    private static void takeBack() {
        page.leave().press("R").sees("dialog[open] [aria-label='Remove rule 1']");
        isFree("rules");
        page.click("[aria-label='Remove rule 1']").reads("dialog .preview", "No rule");
        page.click("dialog input[name=readOnly]").reads(".side .rules", "read-only");
        page.click("dialog .danger").reads(".side", "The agent asks you about everything");
        page.press(Keys.ESCAPE).seesNo("dialog[open]");
    }

    @Test
    void a_push_tells_what_would_go_what_git_says_and_why_it_was_refused() throws IOException {
        Puppet puppet = home.puppetIn("pushes", "Pushes");
        var git = GitProject.at(home.project().directory().resolveSibling("pushes"));
        Path bare = remote(git, "open", "echo halfway >&2; while [ ! -e go ]; do sleep 0.1; done");
        remote(git, "walled", "echo ask Bob >&2; exit 1");
        page.opens(puppet).leave().press("P").sees("dialog select[name=remote]");
        page.reads("dialog .commits", "Begin");
        isFree("a push");

        page.click("dialog .primary");
        page.reads("dialog pre", "halfway").reads(".operations", "halfway");
        isFree("a push on its way");
        Files.createFile(bare.resolve("go"));
        page.reads("dialog [role=status]", "Pushed main to open");
        page.press(Keys.ENTER).seesNo("dialog[open]").leave();

        page.press("P").sees("dialog select[name=remote]");
        choose("dialog select[name=remote]", "walled");
        page.reads("dialog .preview", "main of walled").click("dialog .primary");
        page.reads("dialog .failure", "ask Bob").press(Keys.ESCAPE);
        assertThat(git.git("ls-remote", "open")).contains("refs/heads/main");
    }

    /** A bare repository beside the project, known to it as a remote. */
    private static Path remote(GitProject git, String name, String hook) throws IOException {
        Path bare = git.directory().resolveSibling(name + ".git");
        git.git("init", "--quiet", "--bare", bare.toString());
        Path script = bare.resolve("hooks/pre-receive");
        Files.writeString(script, "#!/bin/sh\n" + hook + "\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        git.git("remote", "add", name, bare.toString());
        return bare;
    }

    @Test
    void a_branch_starts_where_people_say() throws IOException {
        Puppet puppet = home.puppetIn("branches", "Branches");
        var git = GitProject.at(home.project().directory().resolveSibling("branches"));
        git.git("branch", "earlier");
        git.git("commit", "--quiet", "--allow-empty", "--message=Later");
        page.opens(puppet).leave().press("B").reads("dialog .commits", "earlier");
        isFree("a branch");
        choose("dialog select[name=from]", git.git("rev-parse", "earlier").strip());
        page.write("dialog input[name=name]", "from/earlier").press(Keys.ENTER);
        page.reads(".toast", "The branch is made");
        assertThat(git.git("rev-parse", "from/earlier")).isEqualTo(git.git("rev-parse", "earlier"));
    }

    @Test
    void a_thread_works_in_a_worktree_which_is_merged_refused_and_removed() throws IOException {
        GitProject main = home.project();
        page.opens(home.puppet("Here")).leave().press("n").sees("dialog[open]");
        page.click("dialog input[name=apart]").write("dialog input[name=worktree]", "apart");
        isFree("a new thread in a worktree");
        page.click("dialog .primary").seesNo("dialog[open]").reads(".side", "stele/apart");
        Project tree = worktree();
        var git = GitProject.at(Path.of(tree.path()));
        git.write("tracked.txt", "theirs\n");

        page.leave().press("w").reads(".worktree", "1 file not committed");
        isFree("worktrees");
        main.write("tracked.txt", "mine\n");
        page.click("[aria-label='Merge apart']").write(".inner input[name=message]", "Theirs");
        isFree("a merge");
        page.press(Keys.ENTER).reads("dialog .failure", "tracked.txt");
        main.git("checkout", "--quiet", "tracked.txt");
        page.click(".inner .primary").reads("dialog [role=status]", "Merged stele/apart");
        assertThat(main.directory().resolve("tracked.txt")).hasContent("theirs");

        git.write("more.txt", "more\n");
        page.click("[aria-label='Hand over apart']").click(".inner .primary");
        page.reads("dialog .failure", "more.txt").click(".inner .button:not(.primary)");
        page.click("[aria-label='Remove apart']").click(".inner input[name=checkpoint]");
        page.click(".inner .danger").reads("dialog [role=status]", "in the checkpoint");
        assertThat(Path.of(tree.path())).doesNotExist();
        page.reads(".worktree", "removed").press(Keys.ESCAPE).seesNo("dialog[open]");
    }

    private static Project worktree() {
        return home.stele()
                .model()
                .projects()
                .values()
                .find(project -> project.worktree() != null)
                .get();
    }

    @Test
    void files_and_commands_of_the_agent_go_with_a_prompt() throws IOException {
        Puppet puppet = home.puppetIn("prompts", "Prompts").prompted("Begin");
        puppet.tell(
                new ProviderEvent.SessionUpdate(
                        null,
                        null,
                        "careful",
                        "available_commands_update",
                        """
                        {"availableCommands":[{"name":"review","description":"Looks at it"},{"name":"plan"}]}
                        """));
        puppet.finishes();
        page.opens(puppet).reads(".side [aria-label=Session]", "careful");
        page.write("#prompt", "/").reads(".commands", "Looks at it").press(Keys.ARROW_DOWN);
        isFree("commands of the agent");
        page.press(Keys.ARROW_DOWN, Keys.TAB).seesNo(".commands").press("now");
        attach("note.txt", 5);
        page.reads(".chips", "note.txt");
        isFree("a file that is attached");
        attach("large.txt", 10 * 1024 * 1024 + 1);
        page.reads(".toast", "larger than 10 MiB");

        page.click("#prompt").press(Keys.ENTER).seesNo(".chips");

        puppet.promptedByOthers();
        page.reads(".message.prompt .attached", "note.txt");
        var body =
                (Message.Body.Prompt)
                        home.stele().messages(puppet.turn(), 0, 1).messages().getFirst().body();
        assertThat(body.blocks())
                .containsExactly(
                        new MessageContent.Text("/review now"),
                        new MessageContent.Resource(
                                "attachment:note.txt", "text/plain", "xxxxx", null));
        puppet.finishes();
    }

    private static void attach(String name, int size) {
        page.script(
                """
                const files = new DataTransfer();
                files.items.add(new File(['x'.repeat(arguments[1])], arguments[0], { type: 'text/plain' }));
                const input = document.getElementById('files');
                input.files = files.files;
                input.dispatchEvent(new Event('change'));
                """,
                name,
                size);
    }

    @Test
    void the_dialogs_are_free_of_obstacles_in_the_dark_and_on_a_narrow_screen() throws IOException {
        Puppet puppet = home.puppetIn("narrow", "Narrow").prompted("Edit it");
        puppet.calls("edit", ToolKind.EDIT, "Edit src/A.java", "{}");
        puppet.asks("edit", "Edit src/A.java");
        page.opens(puppet).leave().press("d");
        page.size(420, 800);
        for (String key : new String[] {"R", "P", "B", "w"}) {
            page.leave().press(key).sees("dialog[open]").seesNo("dialog .hint [role=img]");
            isFree("the dialog of " + key);
            assertThat(
                            page.number(
                                    "const one = document.querySelector('dialog');"
                                            + "return one.scrollWidth - one.clientWidth"))
                    .as("the dialog of %s is as wide as the screen", key)
                    .isZero();
            page.press(Keys.ESCAPE).seesNo("dialog[open]");
        }
        page.size(1440, 900);
        page.leave().press("d", "a").seesNo(".question");
        puppet.finishes();
    }
}
