package dev.stele.app.cli;

import dev.stele.app.Stele;
import dev.stele.app.engine.CompactionOptions;
import dev.stele.app.engine.CompactionReport;
import dev.stele.app.report.LogReports;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code stele log compact}: the same log in less room. */
@Command(
        name = "compact",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Replaces what is over by less: the pieces of an answer become one event, and all of it"
                    + " is packed.",
            "The model, what was said, and the proof of the log stay what they are. Places of"
                    + " merged events stay, and say where they went. What was said in threads that"
                    + " were deleted long ago is dropped for good.",
            "Room that becomes empty is given back to the disk at the end."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, or there was nothing to do",
            "1:it ended early, and says why; the log holds the rest as before",
            "4:there is no log, or it cannot be read or written, or its disk has too little room"
        })
final class LogCompactCommand extends LogCareCommand {

    @Option(
            names = "--before",
            paramLabel = "AGE",
            converter = AgeConverter.class,
            description = "Only what is older than this, such as 12h, 30d or PT90M.")
    private @Nullable Duration before;

    @Option(
            names = "--keep",
            paramLabel = "N",
            defaultValue = "0",
            description = "Leaves the newest N events as they are.")
    private long keep;

    @Option(
            names = "--keep-deleted",
            paramLabel = "AGE",
            converter = AgeConverter.class,
            description = {
                "Keeps what was said in a deleted thread for so long after its end; 30d unless"
                        + " told, 0 drops it at once."
            })
    private @Nullable Duration keepDeleted;

    @Override
    ExitCode care(Console console, boolean json) {
        if (keep < 0) {
            throw usage("--keep counts events, from 0.");
        }
        log(); // there is one
        try (Stele stele = builder().open()) {
            var progress = new ReplayProgress(console, "compacting the log");
            CompactionReport report = stele.compact(options(), progress);
            tell(report, console, json);
            return report.stopped().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return ExitCode.FAILED;
        }
    }

    private CompactionOptions options() {
        CompactionOptions usual = CompactionOptions.USUAL;
        return new CompactionOptions(
                before == null ? usual.olderThan() : before,
                keep,
                keepDeleted == null ? usual.keepDeleted() : keepDeleted,
                usual.giveBack());
    }

    private static void tell(CompactionReport report, Console console, boolean json) {
        if (json) {
            LogJson.print(LogReports.compaction(report), console);
            return;
        }
        console.line(
                report.stretches() == 0
                        ? "There was nothing to compact."
                        : "compacted: "
                                + Phrases.count(report.facts(), "event")
                                + ", of which "
                                + report.absorbed()
                                + " went into others");
        console.line(
                "the log takes "
                        + Phrases.size(report.bytesAfter())
                        + "; it took "
                        + Phrases.size(report.bytesBefore()));
        if (!report.stopped().isEmpty()) {
            console.note(report.stopped());
        }
    }
}
