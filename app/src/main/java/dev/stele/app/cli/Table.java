package dev.stele.app.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows in columns that are as wide as their longest cell; the last column runs on. */
final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    Table(String... titles) {
        rows.add(List.of(titles));
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    void print(Console console) {
        for (int i = 0; i < rows.size(); i++) {
            String line = console.fitted(line(rows.get(i)));
            console.line(i == 0 ? console.styled(Style.BOLD, line) : line);
        }
    }

    private String line(List<String> cells) {
        var line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            line.append(cell);
            if (column < cells.size() - 1) {
                line.repeat(' ', width(column) - Columns.of(cell) + 2);
            }
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        return rows.stream().mapToInt(cells -> Columns.of(cells.get(column))).max().orElse(0);
    }
}
