package dev.stele.app.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What changes between two texts, as lines that begin with {@code +}, {@code -} or, for those
 * around them that stay, a blank; {@code …} stands for what is left away. Enough for a person to
 * decide on: where texts are long and differ in much, a stretch is shown as taken away and put in
 * anew.
 */
final class LineDiff {

    private static final int CONTEXT = 2;
    private static final long MOST_PAIRS = 1_000_000;

    private final List<String> before;
    private final List<String> after;
    private final List<String> lines = new ArrayList<>();

    private LineDiff(List<String> before, List<String> after) {
        this.before = before;
        this.after = after;
    }

    static List<String> of(@Nullable String oldText, String newText) {
        var diff =
                new LineDiff(
                        oldText == null ? List.of() : oldText.lines().toList(),
                        newText.lines().toList());
        diff.compare();
        return aroundChanges(diff.lines);
    }

    private void compare() {
        int most = Math.min(before.size(), after.size());
        int head = 0;
        while (head < most && before.get(head).equals(after.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < most - head && fromEnd(before, tail).equals(fromEnd(after, tail))) {
            tail++;
        }
        before.subList(0, head).forEach(line -> lines.add(" " + line));
        differing(head, before.size() - tail, after.size() - tail);
        after.subList(after.size() - tail, after.size()).forEach(line -> lines.add(" " + line));
    }

    private static String fromEnd(List<String> lines, int place) {
        return lines.get(lines.size() - 1 - place);
    }

    /** What both have in common is kept, in the longest such sequence. */
    private void differing(int start, int oldEnd, int newEnd) {
        int[][] common = common(start, oldEnd, newEnd);
        int i = start;
        int j = start;
        while (i < oldEnd || j < newEnd) {
            if (i < oldEnd && j < newEnd && before.get(i).equals(after.get(j))) {
                lines.add(" " + before.get(i));
                i++;
                j++;
            } else if (j == newEnd
                    || (i < oldEnd
                            && at(common, i + 1 - start, j - start)
                                    >= at(common, i - start, j + 1 - start))) {
                lines.add("-" + before.get(i));
                i++;
            } else {
                lines.add("+" + after.get(j));
                j++;
            }
        }
    }

    /** How many lines the ends of both stretches have in common, from each pair of places on. */
    private int[][] common(int start, int oldEnd, int newEnd) {
        if ((long) (oldEnd - start) * (newEnd - start) > MOST_PAIRS) {
            return new int[0][];
        }
        var common = new int[oldEnd - start + 1][newEnd - start + 1];
        for (int i = oldEnd - 1; i >= start; i--) {
            for (int j = newEnd - 1; j >= start; j--) {
                int[] row = common[i - start];
                row[j - start] =
                        before.get(i).equals(after.get(j))
                                ? common[i + 1 - start][j + 1 - start] + 1
                                : Math.max(common[i + 1 - start][j - start], row[j + 1 - start]);
            }
        }
        return common;
    }

    private static int at(int[][] common, int i, int j) {
        return common.length == 0 ? 0 : common[i][j];
    }

    private static List<String> aroundChanges(List<String> lines) {
        List<String> shown = new ArrayList<>();
        int last = -1;
        for (int i = 0; i < lines.size(); i++) {
            if (isNearChange(lines, i)) {
                if (last >= 0 && i > last + 1) {
                    shown.add("…");
                }
                shown.add(lines.get(i));
                last = i;
            }
        }
        return shown;
    }

    private static boolean isNearChange(List<String> lines, int place) {
        return lines
                .subList(Math.max(0, place - CONTEXT), Math.min(lines.size(), place + CONTEXT + 1))
                .stream()
                .anyMatch(line -> line.charAt(0) != ' ');
    }
}
