package dev.stele.app.cli;

import dev.stele.app.report.LogReports;
import dev.stele.domain.port.LogStats;
import dev.stele.domain.port.LogStats.TypeStats;
import dev.stele.domain.port.LogStats.Unknown;
import dev.stele.domain.port.LogStats.UnknownPart;
import java.time.Instant;

/** Shows what a log holds. */
final class LogStatsDisplay {

    private static final int NUMBER = 12;
    private static final int SHOWN = 20;

    private final Console console;

    LogStatsDisplay(Console console) {
        this.console = console;
    }

    /** For people. */
    void print(LogStats stats) {
        console.line("events     " + stats.head().sequence() + times(stats));
        console.line("head       " + stats.head().token());
        console.line("commands   " + stats.receipts() + " answered");
        console.line(
                "agents     " + Phrases.count(stats.providerMarks(), "turn") + " with their words");
        console.line(
                "database   "
                        + Phrases.size(stats.databaseBytes())
                        + ", "
                        + Phrases.size(stats.freeBytes())
                        + " of it empty, and "
                        + Phrases.size(stats.walBytes())
                        + " not yet moved into it");
        console.line("compacted  " + compacted(stats.replaced()));
        tell(stats.unknown());
        if (!stats.types().isEmpty()) {
            console.line("");
            table(stats).print(console);
        }
    }

    private static String compacted(LogStats.Replaced replaced) {
        String done =
                replaced.stretches() == 0
                        ? "nothing"
                        : Phrases.count(replaced.events(), "event")
                                + " in "
                                + Phrases.size(replaced.bytes())
                                + ", "
                                + replaced.absorbed()
                                + " of them within others";
        return done + "; 'stele log compact' would save about " + Phrases.size(replaced.saving());
    }

    private void tell(Unknown unknown) {
        if (unknown.events() == 0) {
            return;
        }
        console.line(
                "unknown    "
                        + Phrases.count(unknown.events(), "event")
                        + " with what a newer Stele wrote; it is kept, and means nothing here");
        unknown.parts().stream()
                .limit(SHOWN)
                .forEach(part ->
                        console.line(
                                "           "
                                        + SafeText.line(name(part), 100)
                                        + " in "
                                        + Phrases.count(part.events(), "event")
                                        + ", first at "
                                        + part.first()));
        if (unknown.parts().size() > SHOWN) {
            console.line("           and more; --json names all");
        }
    }

    private static String name(UnknownPart part) {
        String type =
                part.version() == 1 ? part.event() : part.event() + ", version " + part.version();
        return part.field() == null ? type : type + ": " + part.field();
    }

    private static String times(LogStats stats) {
        Instant oldest = stats.oldest();
        Instant newest = stats.newest();
        return oldest == null || newest == null
                ? ""
                : ", from " + Phrases.time(oldest) + " to " + Phrases.time(newest);
    }

    private static Table table(LogStats stats) {
        var table = new Table(right("EVENTS"), right("BYTES"), "TYPE");
        for (TypeStats type : stats.types()) {
            table.row(
                    right(String.valueOf(type.events())),
                    right(Phrases.size(type.bytes())),
                    SafeText.line(type.name(), 100)
                            + (type.version() == 1 ? "" : ", version " + type.version())
                            + (type.known() ? "" : " (unknown to this Stele)"));
        }
        return table;
    }

    private static String right(String cell) {
        return " ".repeat(Math.max(0, NUMBER - cell.length())) + cell;
    }

    /** For machines. */
    void json(LogStats stats) {
        LogJson.print(LogReports.stats(stats), console);
    }
}
