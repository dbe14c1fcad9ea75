package dev.stele.app.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What changes between two texts, as lines that begin with {@code +} or {@code -}: enough for a
 * person to decide on. The lines that both ends share are left away.
 */
final class LineDiff {

    private LineDiff() {}

    static List<String> of(@Nullable String oldText, String newText, int limit) {
        List<String> before = oldText == null ? List.of() : oldText.lines().toList();
        List<String> after = newText.lines().toList();
        int head = 0;
        while (head < Math.min(before.size(), after.size())
                && before.get(head).equals(after.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < Math.min(before.size(), after.size()) - head
                && before.get(before.size() - 1 - tail)
                        .equals(after.get(after.size() - 1 - tail))) {
            tail++;
        }
        List<String> lines = new ArrayList<>();
        before.subList(head, before.size() - tail).forEach(line -> lines.add("-" + line));
        after.subList(head, after.size() - tail).forEach(line -> lines.add("+" + line));
        return lines.size() <= limit ? lines : cut(lines, limit);
    }

    private static List<String> cut(List<String> lines, int limit) {
        List<String> shown = new ArrayList<>(lines.subList(0, limit));
        shown.add("… " + (lines.size() - limit) + " more lines");
        return shown;
    }
}
