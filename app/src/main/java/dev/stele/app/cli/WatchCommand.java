package dev.stele.app.cli;

import dev.stele.app.SteleReader;
import dev.stele.app.server.Topics;
import dev.stele.contracts.ThreadId;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.port.EventSubscription;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code stele watch}: what agents do now, whoever prompted them. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Shows what agents do, as it happens, until Ctrl-C.",
            "Also what those do that another process works with. It changes nothing and holds"
                    + " nobody up."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stele watch                  all agents, from now on",
            "  stele watch --from 1 THREAD  a conversation from its beginning",
            "  stele watch --json           every new fact, for a program"
        })
final class WatchCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @ParentCommand private @Nullable SteleCommand parent;
    @Spec private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "THREAD",
            arity = "0..1",
            description = "Only this conversation; else all of them.")
    private @Nullable String thread;

    @Option(
            names = "--from",
            paramLabel = "SEQ",
            description = "Begins with this fact of the log; else with what comes from now on.")
    private @Nullable Long from;

    @Override
    public Integer call() throws InterruptedException {
        SteleCommand stele = Objects.requireNonNull(parent);
        Console console = stele.console();
        try (SteleReader reader =
                stele.builder().onReplay(new ReplayProgress(console)).openReadOnly()) {
            ThreadId only = thread == null ? null : Lookup.thread(reader.model(), thread).id();
            try (EventSubscription facts = reader.subscribe(start(reader.model().sequence()))) {
                console.note(console.styled(Style.DIM, "watching; Ctrl-C ends it"));
                watch(facts, reader, only, console, stele.json());
            }
        }
        return ExitCode.OK.code();
    }

    private static void watch(
            EventSubscription facts,
            SteleReader reader,
            @Nullable ThreadId only,
            Console console,
            boolean json)
            throws InterruptedException {
        var display = new ThreadsDisplay(console);
        while (!facts.isClosed()) {
            for (StoredEvent fact : facts.next(PATIENCE)) {
                ThreadId about = Topics.of(fact.event(), reader.model());
                if (only != null && !only.equals(about)) {
                    continue;
                }
                if (json) {
                    console.bytes(reader.codec().encode(fact));
                } else if (about != null) {
                    display.show(fact.event(), reader.model().thread(about));
                }
            }
        }
    }

    /** The place behind which to begin. */
    private long start(long end) {
        if (from == null) {
            return end;
        }
        if (from < 1 || from > end + 1) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "The log has no fact " + from + ": it ends with " + end + ".");
        }
        return from - 1;
    }
}
