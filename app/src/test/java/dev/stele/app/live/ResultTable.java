package dev.stele.app.live;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The verdicts as a table in Markdown: a row for each scenario, a column for each agent. */
record ResultTable(Map<LiveAgent, List<Verdict>> verdicts) {

    private static final String NOT_RUN = "not run";

    String markdown() {
        var text = new StringBuilder();
        row(
                text,
                "scenario",
                verdicts.keySet().stream().map(agent -> agent.steleName() + " " + agent.version()));
        row(text, "---", verdicts.keySet().stream().map(_ -> "---"));
        for (Act act : Act.values()) {
            if (cells(act.name()).anyMatch(cell -> !cell.equals(NOT_RUN))) {
                row(text, act.title(), cells(act.name()));
            }
        }
        row(text, "the key in log, checkpoint or error", cells(Verdict.KEY));
        return text.toString();
    }

    private Stream<String> cells(String name) {
        return verdicts.values().stream().map(all -> cell(all, name));
    }

    /** Of several verdicts the worst. */
    private static String cell(List<Verdict> all, String name) {
        Optional<Verdict> broken =
                all.stream().filter(each -> each.name().equals(name) && !each.kept()).findFirst();
        return broken.or(() -> all.stream().filter(each -> each.name().equals(name)).findFirst())
                .map(ResultTable::cell)
                .orElse(NOT_RUN);
    }

    private static String cell(Verdict verdict) {
        String words = verdict.words().replace("|", "\\|");
        if (!verdict.kept()) {
            return "BROKEN: " + words;
        }
        return words.isEmpty() ? "no" : words;
    }

    private static void row(StringBuilder text, String title, Stream<String> cells) {
        text.append(
                Stream.concat(Stream.of(title), cells)
                        .collect(Collectors.joining(" | ", "| ", " |\n")));
    }
}
