package dev.stele.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.app.cli.Cli.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What agents may do, from the command line. */
class PolicyCommandTest {

    @TempDir private Path place = Path.of("");
    private Cli stele = new Cli(place);
    private GitFixture repository = new GitFixture(place);

    @BeforeEach
    void a_repository() throws Exception {
        stele = new Cli(place.resolve("home"));
        repository = GitFixture.create(place.resolve("project"));
    }

    private Outcome policy(String what, String... rules) throws Exception {
        var arguments = new ArrayList<String>();
        arguments.addAll(List.of("policy", what));
        arguments.addAll(List.of("--project", repository.directory().toString()));
        arguments.addAll(List.of(rules));
        return stele.run(arguments.toArray(String[]::new));
    }

    private Outcome runScripted(String... more) throws Exception {
        var arguments = new ArrayList<String>();
        arguments.addAll(List.of("run", "--project", repository.directory().toString()));
        arguments.addAll(List.of(more));
        arguments.add("Write a note.");
        return stele.run(arguments.toArray(String[]::new));
    }

    @Test
    void a_policy_answers_in_place_of_a_person() throws Exception {
        Outcome set = policy("set", "deny:any:secrets/**", "allow:edit:*.md");
        assertThat(set.code()).as(set.screen()).isZero();
        assertThat(set.out())
                .contains("1. deny:any:secrets/**", "2. allow:edit:*.md", "outside the project");

        Outcome run = runScripted();

        assertThat(run.code()).as(run.screen()).isZero();
        assertThat(run.err())
                .contains("approved by the policy project policy, rule 2: allow:edit:*.md")
                .doesNotContain("Allow it?");
        assertThat(repository.read("stele-demo.md")).contains("Write a note.");
    }

    @Test
    void read_only_holds_against_everything_until_it_is_cleared() throws Exception {
        policy("set", "--read-only", "allow:any");

        Outcome forbidden = runScripted("--approve", "all");
        assertThat(forbidden.err()).contains("rejected by the policy project policy: read-only");
        assertThat(repository.directory().resolve("stele-demo.md")).doesNotExist();

        assertThat(policy("clear").out()).contains("agents ask about everything");
        assertThat(policy("show", "--json").out())
                .isEqualTo("{\"rules\":[],\"readOnly\":false,\"projectOnly\":false}\n");
    }

    @Test
    void a_rule_that_makes_no_sense_is_refused_with_the_reason() throws Exception {
        assertThat(policy("set", "allow").err()).contains("it has no kind");
        assertThat(policy("set", "maybe:edit").err()).contains("ask, allow, allow-thread, deny");
        assertThat(policy("set", "allow:shout").err()).contains("any, read, edit");
        assertThat(policy("set", "allow:other").code()).isEqualTo(2);
    }
}
