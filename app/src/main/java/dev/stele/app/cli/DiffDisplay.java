package dev.stele.app.cli;

import dev.stele.domain.port.TreeDiff;
import dev.stele.domain.port.TreeDiff.FileDiff;
import java.util.List;

/** Shows what changed in files, as people know it from git. */
final class DiffDisplay {

    private static final int BAR = 40;
    private static final int PATH = 500;

    private final Console console;

    DiffDisplay(Console console) {
        this.console = console;
    }

    /** Unified text: coloured and harmless for a person, to the letter for a file or a program. */
    void patch(TreeDiff diff) {
        if (console.isForAPerson()) {
            diff.files().forEach(this::coloured);
        } else {
            console.exactly(diff.patch());
        }
    }

    private void coloured(FileDiff file) {
        boolean head = true;
        for (String line : file.patch().split("\n", -1)) {
            head = head && !line.startsWith("@@");
            if (!line.isEmpty()) {
                console.line(coloured(line, head));
            }
        }
    }

    private String coloured(String line, boolean head) {
        String safe = SafeText.of(line);
        if (head) {
            return console.styled(Style.BOLD, safe);
        }
        return switch (line.charAt(0)) {
            case '+' -> console.styled(Style.GREEN, safe);
            case '-' -> console.styled(Style.RED, safe);
            case '@' -> console.styled(Style.CYAN, safe);
            default -> safe;
        };
    }

    /** A line a file, with a bar of what came and went. */
    void stat(TreeDiff diff) {
        List<FileDiff> files = diff.files();
        int most = files.stream().mapToInt(DiffDisplay::lines).max().orElse(0);
        int width =
                files.stream().mapToInt(file -> FilePhrases.path(file).length()).max().orElse(0);
        for (FileDiff file : files) {
            String gap = " ".repeat(width - FilePhrases.path(file).length());
            console.line(
                    FilePhrases.change(file, console)
                            + gap
                            + " | "
                            + (file.binary() ? "binary" : bar(file, Math.max(most, BAR))));
        }
        console.line(
                Phrases.count(files.size(), "file")
                        + " changed, "
                        + Phrases.count(diff.added(), "line")
                        + " added, "
                        + diff.removed()
                        + " removed");
    }

    private String bar(FileDiff file, int widest) {
        return lines(file)
                + " "
                + console.styled(Style.GREEN, "+".repeat(length(file.added(), widest)))
                + console.styled(Style.RED, "-".repeat(length(file.removed(), widest)));
    }

    private static int lines(FileDiff file) {
        return file.added() + file.removed();
    }

    /** What is there at all is seen. */
    private static int length(int lines, int widest) {
        return Math.ceilDiv(lines * BAR, widest);
    }

    /** A path a line. */
    void names(TreeDiff diff) {
        for (FileDiff file : diff.files()) {
            if (console.isForAPerson()) {
                console.line(SafeText.line(file.path(), PATH));
            } else {
                console.exactly(file.path() + System.lineSeparator());
            }
        }
    }
}
