package dev.stele.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.app.cli.Cli.Outcome;
import dev.stele.domain.model.SecretText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same log in less room, and without what should never have been said, as a user has it. */
class LogCompactTest {

    private static final String SECRET = "sk-live-\"Zm9v\"-4711";

    /** Said in pieces. */
    private static final String SLOWLY =
            "Once upon a time there was a long answer that came in many a small piece, and another.";

    @TempDir Path place;
    private Cli stele = new Cli(Path.of("."));

    @BeforeEach
    void a_turn_in_many_pieces_with_a_secret_in_them() throws Exception {
        stele = new Cli(place.resolve("home"));
        String steps =
                IntStream.range(0, 120)
                        .mapToObj(i -> "{\"say\": \"" + word(i) + "\"}")
                        .collect(Collectors.joining(", "));
        String slowly = ", {\"say\": \"" + SLOWLY + "\", \"chunk\": 8, \"everyMillis\": 10}";
        Path script =
                Files.writeString(place.resolve("script"), "{\"steps\": [" + steps + slowly + "]}");
        Path project = GitFixture.create(place.resolve("project")).directory();
        Outcome run =
                stele.run(
                        "run",
                        "--project",
                        project.toString(),
                        "--agent",
                        "scripted:" + script,
                        "Use " + SECRET + ".");
        assertThat(run.code()).as(run.screen()).isZero();
    }

    private static String word(int i) {
        return switch (i) {
            case 50 -> "the key is sk-live-\\\"Zm9v\\\"-4711, hush";
            default -> "word " + i + ", ";
        };
    }

    @Test
    void a_compacted_log_is_smaller_sound_and_shows_the_same() throws Exception {
        String shown = stele.run("show").out();

        Outcome compacted = stele.run("log", "compact", "--json");
        Outcome verified = stele.run("log", "verify", "--model");
        Outcome again = stele.run("log", "compact");
        Outcome stats = stele.run("log", "stats");
        Outcome log = stele.run("log");

        assertThat(compacted.code()).as(compacted.screen()).isZero();
        assertThat(compacted.out()).containsPattern("\"stretches\":1,\"events\":[1-9][0-9]{2},");
        assertThat(verified.code()).as(verified.screen()).isZero();
        assertThat(stele.run("show").out()).isEqualTo(shown);
        assertThat(again.out()).contains("There was nothing to compact.");
        assertThat(stats.out()).contains("within others");
        assertThat(log.out()).contains("LogCompacted");
    }

    @Test
    void a_place_within_a_merged_message_shows_the_nearest_state_and_says_so() throws Exception {
        assertThat(stele.run("log", "compact").code()).isZero();
        List<String> merged =
                stele.run("log", "--json")
                        .out()
                        .lines()
                        .filter(line -> line.contains("\"AbsorbedEvent\""))
                        .toList();
        String place = number("sequence", merged.getFirst());
        String into = number("into", merged.getFirst());
        String last =
                merged.stream()
                        .filter(line -> number("into", line).equals(into))
                        .map(line -> number("sequence", line))
                        .toList()
                        .getLast();

        for (String command : List.of("show", "threads", "checkpoints")) {
            assertThat(stele.run(command, "--at", place).err())
                    .contains("The log was compacted, and the state at " + place + " is not kept")
                    .contains("with what was said up to " + last + ".");
        }
        Outcome exact = stele.run("show", "--at", last);
        assertThat(exact.err()).doesNotContain("compacted");
        assertThat(exact.out()).contains(SLOWLY);
    }

    private static String number(String field, String json) {
        Matcher number = Pattern.compile("\"" + field + "\":(\\d+)").matcher(json);
        assertThat(number.find()).as(json).isTrue();
        return number.group(1);
    }

    @Test
    void an_erased_text_is_in_no_file_of_the_home_and_the_log_is_sound() throws Exception {
        Path file = Files.writeString(place.resolve("secret"), SECRET + "\n");
        assertThat(stele.run("log", "compact").code()).isZero();
        assertThat(stele.run("log", "export", place.resolve("before").toString()).code()).isZero();
        assertThat(Files.readString(place.resolve("before"))).contains("4711");

        Outcome found = stele.run("log", "erase", "--file", file.toString(), "--dry-run");
        Outcome erased = stele.run("log", "erase", "--file", file.toString(), "--yes");
        Outcome verified = stele.run("log", "verify", "--model");
        Outcome again = stele.run("log", "erase", "--file", file.toString(), "--dry-run");

        assertThat(found.out()).contains("found: ");
        assertThat(erased.code()).as(erased.screen()).isZero();
        assertThat(erased.out()).contains("erased: ");
        assertThat(erased.screen()).doesNotContain("4711");
        assertThat(verified.code()).as(verified.screen()).isZero();
        assertThat(again.out()).contains("Neither the log nor a checkpoint holds the text.");
        assertThat(new FileSearch(new SecretText(SECRET)).below(place.resolve("home"))).isEmpty();
        assertThat(stele.run("log", "export", place.resolve("after").toString()).code()).isZero();
        assertThat(Files.readString(place.resolve("after")))
                .contains("[erased]", "TextErased")
                .doesNotContain("4711")
                .doesNotContain("sk-live");
        assertThat(stele.run("show").out()).contains("the key is [erased], hush");
    }

    @Test
    void an_erased_text_is_gone_from_checkpoints_and_what_people_hold_is_told() throws Exception {
        String word = "token-0815-xyz";
        Path script = place.resolve("writing");
        Files.writeString(
                script,
                "{\"steps\": [{\"write\": \"made/key.txt\", \"content\": \"a "
                        + word
                        + " b\", \"ask\": false}]}");
        GitFixture project = new GitFixture(place.resolve("project").toRealPath());
        String directory = project.directory().toString();
        String agent = "scripted:" + script;
        assertThat(stele.run("run", "--project", directory, "--agent", agent, "Write.").code())
                .isZero();
        Path file = Files.writeString(place.resolve("secret"), word);

        Outcome looked = stele.run("log", "erase", "--file", file.toString(), "--dry-run");
        Outcome dirty = stele.run("log", "erase", "--file", file.toString(), "--yes");
        Files.delete(project.directory().resolve("made/key.txt"));
        Outcome clean = stele.run("log", "erase", "--file", file.toString(), "--yes", "--json");

        assertThat(looked.out()).contains("1 checkpoint", "refs/stele/", "made/key.txt");
        assertThat(dirty.code()).as(dirty.screen()).isEqualTo(1);
        assertThat(dirty.screen()).contains("the next checkpoint would hold it again");
        assertThat(clean.code()).as(clean.screen()).isZero();
        assertThat(clean.out()).contains("\"checkpoints\":[]");
        assertThat(project.git("cat-file", "--batch-all-objects", "--batch"))
                .contains("a [erased] b")
                .doesNotContain(word);
        assertThat(project.git("fsck", "--no-dangling")).doesNotContain("missing");
        assertThat(stele.run("log", "verify", "--model").code()).isZero();
        assertThat(stele.run("doctor").code()).isZero();
    }

    @Test
    void a_text_on_standard_input_needs_a_yes_and_a_short_one_is_refused() throws Exception {
        assertThat(stele.run("log", "erase").code()).isEqualTo(2);
        Path file = Files.writeString(place.resolve("short"), "abc");

        Outcome refused = stele.run("log", "erase", "--file", file.toString(), "--yes");

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.screen()).contains("at least 4 characters");
    }

    @Test
    void what_is_no_age_is_refused() throws Exception {
        Outcome refused = stele.run("log", "compact", "--before", "soon");

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.screen()).contains("is no age");
    }
}
