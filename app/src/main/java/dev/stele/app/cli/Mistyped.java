package dev.stele.app.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What somebody may have meant who typed a word that is not known. */
final class Mistyped {

    private static final int MOST = 3;

    private Mistyped() {}

    /** Those of the known words that are near to the typed one, the nearest first. */
    static List<String> near(String typed, Stream<String> known) {
        String word = typed.toLowerCase(Locale.ROOT);
        int most = word.length() <= 3 ? 1 : word.length() <= 6 ? 2 : 3;
        return known.distinct()
                .filter(one ->
                        distance(word, one.toLowerCase(Locale.ROOT)) <= most
                                || (word.length() > 2 && one.startsWith(word)))
                .sorted(Comparator.comparingInt(one -> distance(word, one)))
                .limit(MOST)
                .toList();
    }

    /** Commands, in full, that are called so or nearly so: those here before those elsewhere. */
    static List<String> commands(CommandSpec here, String typed) {
        List<String> below = near(typed, here.subcommands().keySet().stream());
        if (!below.isEmpty()) {
            return below.stream().map(name -> here.qualifiedName() + " " + name).toList();
        }
        List<CommandSpec> all = new ArrayList<>();
        collect(here.root(), all);
        List<String> names = near(typed, all.stream().map(CommandSpec::name));
        return all.stream()
                .filter(command -> names.contains(command.name()))
                .map(CommandSpec::qualifiedName)
                .limit(MOST)
                .toList();
    }

    private static void collect(CommandSpec command, List<CommandSpec> all) {
        for (CommandLine below : command.subcommands().values()) {
            all.add(below.getCommandSpec());
            collect(below.getCommandSpec(), all);
        }
    }

    /** The words as a question; nothing when there are none. */
    static String question(List<String> words) {
        List<String> quoted = words.stream().map(word -> "'" + word + "'").toList();
        return switch (quoted.size()) {
            case 0 -> "";
            case 1 -> " Did you mean " + quoted.getFirst() + "?";
            default ->
                    " Did you mean "
                            + String.join(", ", quoted.subList(0, quoted.size() - 1))
                            + " or "
                            + quoted.getLast()
                            + "?";
        };
    }

    /** How many letters are to be put in, taken out, changed, or exchanged with the next one. */
    private static int distance(String one, String other) {
        var rows = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                rows[i][j] = i == 0 ? j : j == 0 ? i : step(rows, one, i, other, j);
            }
        }
        return rows[one.length()][other.length()];
    }

    private static int step(int[][] rows, String one, int i, String other, int j) {
        boolean same = one.charAt(i - 1) == other.charAt(j - 1);
        int least =
                Math.min(
                        rows[i - 1][j - 1] + (same ? 0 : 1),
                        Math.min(rows[i - 1][j], rows[i][j - 1]) + 1);
        boolean exchanged =
                i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1);
        return exchanged ? Math.min(least, rows[i - 2][j - 2] + 1) : least;
    }
}
