package dev.stele.app.cli;

import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.port.Codec;
import dev.stele.domain.port.EventSubscription;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code stele log}: the facts as they stand in the log. */
@Command(
        name = "log",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            LogVerifyCommand.class,
            LogAcceptLossCommand.class,
            LogHeadCommand.class,
            LogStatsCommand.class,
            LogBackupCommand.class,
            LogExportCommand.class,
            LogImportCommand.class,
            LogCompactCommand.class,
            LogEraseCommand.class,
            LogWhyCommand.class
        },
        description = "Prints the facts of the log in their order, or takes care of it.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  stele log --limit 20                the first facts",
            "  stele log --from 120 --to 140       what happened between",
            "  stele log --json | jq .event.type   for programs",
            "  stele log why 120                   what led to a fact"
        })
final class LogCommand extends LookingCommand {

    private static final int SHOWN = 160;
    private static final int NAME = 26;
    private static final Duration SOON = Duration.ofSeconds(10);

    @Spec private @Nullable CommandSpec spec;

    @ParentCommand private @Nullable SteleCommand stele;

    @Option(
            names = "--after",
            paramLabel = "N",
            defaultValue = "0",
            description = "Begins behind this sequence.")
    private long after;

    @Option(
            names = "--from",
            paramLabel = "A",
            description = "Begins with this sequence; together with --to, what happened between.")
    private @Nullable Long from;

    @Option(names = "--to", paramLabel = "B", description = "Ends with this sequence.")
    private @Nullable Long to;

    @Option(names = "--limit", paramLabel = "N", description = "Prints so many at most.")
    private long limit = Long.MAX_VALUE;

    @Override
    @Nullable SteleCommand parent() {
        return stele;
    }

    /** Whether some facts are asked for, which only printing them knows. */
    boolean isNarrowed() {
        return after != 0 || limit != Long.MAX_VALUE || from != null || to != null;
    }

    @Override
    void print(Archive archive, Console console, boolean json) {
        long head = archive.model().sequence();
        requireSense();
        long begin = Math.clamp(from == null ? after : from - 1, 0, head);
        long last = to == null ? head : Math.clamp(to, begin, head);
        long end = limit < last - begin ? begin + Math.max(0, limit) : last;
        try (EventSubscription facts = archive.feed().subscribe(begin)) {
            while (facts.position() < end && !facts.isClosed()) {
                List<StoredEvent> page = facts.next(SOON);
                page.stream()
                        .takeWhile(fact -> fact.sequence() <= end)
                        .forEach(fact -> print(fact, archive, console, json));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void requireSense() {
        if (from != null && after != 0) {
            throw wrong("Give --from or --after: --from A begins with A, --after N behind it.");
        }
        if (from != null && from < 1) {
            throw wrong("--from is 1 or more: the first fact of a log has the sequence 1.");
        }
        if (to != null && to < (from == null ? after + 1 : from)) {
            throw wrong("--to " + to + " is before the first fact that is asked for.");
        }
    }

    private ParameterException wrong(String why) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), why);
    }

    private static void print(StoredEvent fact, Archive archive, Console console, boolean json) {
        if (json) {
            console.bytes(archive.codec().encode(fact));
            return;
        }
        console.line(
                String.format("%6d", fact.sequence())
                        + "  "
                        + Phrases.time(fact.storedAt())
                        + "  "
                        + named(fact, archive.codec(), console, SHOWN));
    }

    /** A fact without its time, in one line of the screen. */
    static String brief(StoredEvent fact, Codec codec, Console console, int width) {
        String number = String.format("%6d  ", fact.sequence());
        return number + named(fact, codec, console, width - number.length() - NAME - 2);
    }

    private static String named(StoredEvent fact, Codec codec, Console console, int length) {
        String name = fact.event().getClass().getSimpleName();
        String content = new String(codec.encode(fact.event()), StandardCharsets.UTF_8);
        return console.styled(Style.CYAN, String.format("%-" + NAME + "s", name))
                + "  "
                + SafeText.line(content.replaceFirst("^\\{\"type\":\"\\w+\",?", "{"), length);
    }
}
