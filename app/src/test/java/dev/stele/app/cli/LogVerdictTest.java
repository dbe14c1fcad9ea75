package dev.stele.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.app.engine.ModelComparison;
import dev.stele.domain.port.LogHead;
import dev.stele.domain.port.LogVerification.Broken;
import dev.stele.domain.port.LogVerification.Cut;
import dev.stele.domain.port.LogVerification.Fault;
import dev.stele.domain.port.LogVerification.Lossy;
import dev.stele.domain.port.LogVerification.Rewritten;
import dev.stele.domain.port.LogVerification.Sound;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

/** What people and programs are told of a log. */
class LogVerdictTest {

    private static final LogHead OLD = new LogHead(7, "a".repeat(64));
    private static final LogHead NEW = new LogHead(9, "b".repeat(64));

    private final Screen screen = new Screen();
    private final LogVerdict people =
            new LogVerdict(screen.console(), Path.of("home", "stele.db"), false);
    private final LogVerdict programs =
            new LogVerdict(screen.console(), Path.of("home", "stele.db"), true);

    @Test
    void a_sound_log_shows_its_head_and_what_to_do_with_it() {
        assertThat(people.tell(new Sound(NEW), null)).isEqualTo(ExitCode.OK);

        assertThat(screen.out()).contains("sound: 9 events", "head: " + NEW.token());
        assertThat(screen.err()).contains("--expect HEAD");
    }

    @Test
    void a_log_that_has_grown_tells_by_how_much() {
        assertThat(people.tell(new Sound(NEW), OLD)).isEqualTo(ExitCode.OK);

        assertThat(screen.out()).contains("up to 7 unchanged, and 2 events more");
        assertThat(screen.err()).isEmpty();
    }

    @Test
    void a_log_that_has_not_grown_tells_of_no_more() {
        people.tell(new Sound(NEW), NEW);

        assertThat(screen.out()).contains("up to 9 unchanged\n");
    }

    @Test
    void a_broken_log_names_the_first_bad_event_and_the_cure() {
        assertThat(people.tell(new Broken(3, "the event 3 is missing\u001b[2J"), null))
                .isEqualTo(ExitCode.DAMAGED);

        assertThat(screen.out()).startsWith("damaged at 3: the event 3 is missing\uFFFD");
        assertThat(screen.err())
                .contains("put a backup in its place", Path.of("home", "stele.db").toString());
    }

    @Test
    void a_log_with_accepted_losses_is_sound_and_tells_them_apart() {
        var lossy = new Lossy(NEW, List.of(new Fault(3, "the event 3 is missing", true)));

        assertThat(people.tell(lossy, null)).isEqualTo(ExitCode.OK);

        assertThat(screen.out())
                .contains(
                        "sound: 8 events but 1 whose loss is accepted",
                        "lost, which is accepted, at 3: the event 3 is missing");
    }

    @Test
    void all_bad_places_are_named_and_the_first_one_first() {
        var broken =
                new Broken(
                        3,
                        "it is missing",
                        List.of(
                                new Fault(2, "it has no type", true),
                                new Fault(3, "it is missing", false),
                                new Fault(5, "it does not fit", false)));

        assertThat(people.tell(broken, null)).isEqualTo(ExitCode.DAMAGED);

        assertThat(screen.out().lines())
                .containsExactly(
                        "damaged at 3: it is missing",
                        "  lost, which is accepted, at 2: it has no type",
                        "  also at 5: it does not fit");
        assertThat(screen.err()).contains("accept-loss", "--despite-damage");
    }

    @Test
    void a_cut_log_names_what_is_gone() {
        assertThat(people.tell(new Cut(NEW, OLD), NEW)).isEqualTo(ExitCode.DAMAGED);

        assertThat(screen.out()).contains("cut: it ends at 7");
        assertThat(screen.err()).contains("from 8 to 9 are gone");
    }

    @Test
    void a_rewritten_log_tells_where_it_differs() {
        assertThat(people.tell(new Rewritten(OLD, NEW), OLD)).isEqualTo(ExitCode.DAMAGED);

        assertThat(screen.out()).contains("rewritten: at 7 it has another hash");
    }

    @Test
    void programs_get_a_value_a_line() {
        programs.tell(new Sound(NEW), OLD);
        programs.tell(new Broken(3, "a \"reason\""), null);
        programs.tell(new Cut(NEW, OLD), NEW);
        programs.tell(new Rewritten(OLD, NEW), OLD);
        programs.tell(new ModelComparison(5, 9, true));

        assertThat(screen.out().lines())
                .containsExactly(
                        "{\"chain\":\"sound\",\"sequence\":9,\"head\":\""
                                + NEW.token()
                                + "\",\"expected\":\""
                                + OLD.token()
                                + "\"}",
                        "{\"chain\":\"broken\",\"sequence\":3,\"why\":\"a \\\"reason\\\"\",\"faults\":[{\"sequence\":3,\"last\":3,"
                                + "\"why\":\"a \\\"reason\\\"\",\"accepted\":false}]}",
                        "{\"chain\":\"cut\",\"expected\":\""
                                + NEW.token()
                                + "\",\"actual\":\""
                                + OLD.token()
                                + "\"}",
                        "{\"chain\":\"rewritten\",\"expected\":\""
                                + OLD.token()
                                + "\",\"actual\":\""
                                + NEW.token()
                                + "\"}",
                        "{\"model\":\"equal\",\"snapshot\":5,\"sequence\":9}");
        assertThat(screen.err()).isEmpty();
    }

    @Test
    void a_snapshot_that_differs_is_to_be_deleted() {
        assertThat(people.tell(new ModelComparison(5, 9, false))).isEqualTo(ExitCode.FAILED);

        assertThat(screen.out()).contains("model differs", "the snapshot at 5");
        assertThat(screen.err()).contains("Delete", "stele.db.snapshot");
    }

    @Test
    void equal_models_are_told_of_with_and_without_a_snapshot() {
        assertThat(people.tell(new ModelComparison(5, 9, true))).isEqualTo(ExitCode.OK);
        assertThat(people.tell(new ModelComparison(0, 9, true))).isEqualTo(ExitCode.OK);

        assertThat(screen.out()).contains("the snapshot at 5", "there is no snapshot");
    }

    @Test
    void a_word_that_is_no_head_is_told_what_one_looks_like() {
        var converter = new LogVerifyCommand.HeadConverter();

        assertThat(converter.convert(" " + NEW.token() + "\n")).isEqualTo(NEW);
        assertThatThrownBy(() -> converter.convert("12-abc"))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContainingAll("64 hexadecimal digits", "12-abc");
    }
}
