package dev.stele.app.cli;

import dev.stele.app.Stele;
import dev.stele.app.error.SteleException;
import dev.stele.domain.command.DeciderError.NothingLost;
import dev.stele.domain.command.OrchestrationCommand.LogCommand.AcceptLogLoss;
import io.vavr.collection.SortedMap;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stele log accept-loss}: goes on without facts that cannot be read. */
@Command(
        name = "accept-loss",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Accepts that events are lost which cannot be read, so that the log is gone on with.",
            "With such an event the log takes nothing in. A backup brings the event back; try that"
                    + " first. Whoever accepts the loss is named in the log, and it stays lost:"
                    + " what it told is not in the model any more."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the loss is accepted; the log is gone on with when nothing else is lost",
            "2:what was given is no sequence",
            "4:there is no log, or it cannot be used",
            "5:refused: nothing is lost there, or it was not confirmed",
            "6:the log is damaged in a way that no acceptance cures"
        })
final class LogAcceptLossCommand extends LogCareCommand {

    /** More than a person accepts by hand, and little enough for an event. */
    private static final long MOST = 100_000;

    @Parameters(
            paramLabel = "SEQ",
            arity = "1..*",
            description = "The places, as 'stele log verify' names them: 7, or 7-12 for a stretch.")
    private List<String> places = List.of();

    @Option(names = "--yes", description = "Does not ask.")
    private boolean yes;

    @Override
    ExitCode care(Console console, boolean json) throws InterruptedException {
        List<Long> sequences = places.stream().flatMap(this::stretch).distinct().toList();
        log();
        try (Stele stele = builder().onReplay(new ReplayProgress(console)).open()) {
            SortedMap<Long, String> lost = stele.model().log().unreadable();
            for (long sequence : sequences) {
                if (!lost.containsKey(sequence)) {
                    throw new SteleException.Refused(new NothingLost(sequence));
                }
            }
            if (!yes && !confirmed(sequences, console)) {
                console.error("Nothing was accepted, and nothing changed. --yes does not ask.");
                return ExitCode.REFUSED;
            }
            String person = System.getProperty("user.name", "somebody");
            stele.execute(new AcceptLogLoss(sequences, person, Instant.now()));
            tell(sequences, stele, console, json);
        }
        return ExitCode.OK;
    }

    private Stream<Long> stretch(String word) {
        if (!word.matches("[0-9]{1,18}(-[0-9]{1,18})?")) {
            throw usage("'" + word + "' is no sequence; give numbers, or stretches such as 7-12.");
        }
        int dash = word.indexOf('-');
        long first = Long.parseLong(dash < 0 ? word : word.substring(0, dash));
        long last = Long.parseLong(word.substring(dash + 1));
        if (last < first || last - first >= MOST) {
            throw usage("'" + word + "' is no stretch of 1 to " + MOST + " events.");
        }
        return LongStream.rangeClosed(first, last).boxed();
    }

    private static boolean confirmed(List<Long> sequences, Console console)
            throws InterruptedException {
        return console.confirms(
                "Go on for good without "
                        + Phrases.count(sequences.size(), "event")
                        + " of the log?");
    }

    private static void tell(List<Long> sequences, Stele stele, Console console, boolean json) {
        int left = stele.model().log().unreadable().size();
        if (json) {
            LogJson.print(
                    LogJson.object().put("accepted", sequences.size()).put("lost", left), console);
            return;
        }
        console.line(
                "accepted: the log goes on without " + Phrases.count(sequences.size(), "event"));
        if (left > 0) {
            console.note(
                    Phrases.count(left, "event")
                            + " more cannot be read; until that is accepted, too, nothing is"
                            + " added.");
        }
    }
}
