package dev.stele.archunit;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Nobody changes what others compile against without saying so. */
class PublicApiTest {
    private static final Path RECORD = Path.of("src", "test", "resources", "public-api.txt");
    private static final String ACCEPT =
            "./stele mvn test -pl archunit-tests -am -Dtest=PublicApiTest"
                    + " -Dsurefire.failIfNoSpecifiedTests=false -Dstele.api.accept=true";

    @Test
    void the_public_api_is_the_recorded_one() throws IOException {
        List<String> now = PublicApi.signatures();
        if (Boolean.getBoolean("stele.api.accept")) {
            Files.write(RECORD, now);
        }
        assertThat(complaint(Files.readAllLines(RECORD), now)).isEmpty();
    }

    /** What is to be said of an API that is not the recorded one; empty when it is. */
    private static String complaint(List<String> recorded, List<String> now) {
        List<String> gone = missing(recorded, now);
        List<String> added = missing(now, recorded);
        var complaint = new StringBuilder();
        if (!gone.isEmpty()) {
            complaint
                    .append("Programs and adapters of others break, since this is gone or changed:")
                    .append(lines(gone))
                    .append("Bring it back, or, if it has to be, accept the break: ")
                    .append(ACCEPT)
                    .append('\n');
        }
        if (!added.isEmpty()) {
            complaint
                    .append("This is new in the public API:")
                    .append(lines(added))
                    .append("If others may rely on it from now on, record it: ")
                    .append(ACCEPT)
                    .append('\n');
        }
        return complaint.toString();
    }

    private static List<String> missing(List<String> some, List<String> others) {
        return some.stream().filter(not(new HashSet<>(others)::contains)).toList();
    }

    private static String lines(List<String> signatures) {
        return signatures.stream()
                .map(signature -> "  " + signature + "\n")
                .collect(Collectors.joining("", "\n", ""));
    }

    @Test
    void what_is_gone_changed_or_new_is_told_with_the_way_to_accept_it() {
        List<String> now = PublicApi.signatures();
        var recorded = new ArrayList<>(now);
        recorded.add("dev.stele.app.Stele.gone() : void");
        assertThat(complaint(recorded, now))
                .contains("gone or changed:\n  dev.stele.app.Stele.gone() : void\n")
                .contains("accept the break: ./stele mvn")
                .doesNotContain("This is new");

        recorded.clear();
        recorded.addAll(now.subList(1, now.size()));
        assertThat(complaint(recorded, now))
                .contains("This is new in the public API:\n  " + now.getFirst())
                .contains("-Dstele.api.accept=true")
                .doesNotContain("gone");
    }

    @Test
    void signatures_tell_all_that_a_caller_depends_on() {
        assertThat(PublicApi.signatures())
                .contains(
                        "dev.stele.contracts.StopReason.CANCELLED : static final"
                                + " dev.stele.contracts.StopReason",
                        "dev.stele.domain.port.EventStore.receipt(dev.stele.contracts.CommandId) :"
                                + " abstract @Nullable dev.stele.domain.port.Receipt",
                        "dev.stele.domain.port.Reactor.drain(java.time.Duration) : abstract boolean"
                                + " throws InterruptedException",
                        "dev.stele.domain.tck.EventStoreConformance.newFixture() : protected"
                                + " abstract dev.stele.domain.tck.EventStoreFixture")
                .hasSizeGreaterThan(500)
                .noneMatch(signature -> signature.contains("dev.stele.app.cli"));
    }
}
