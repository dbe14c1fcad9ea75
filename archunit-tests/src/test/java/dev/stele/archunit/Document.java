package dev.stele.archunit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Markdown file of the repository.
 *
 * @param path where it is
 * @param text what it says
 */
record Document(Path path, String text) {
    /** Tests run in their module's folder. */
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+)$");
    private static final Pattern SNIPPET =
            Pattern.compile("(?s)<!-- (\\S+) (\\S+) -->\\R```java\\R(.*?)\\R```");

    /** Every one that people read: in the root folder and below docs. */
    static List<Document> all() throws IOException {
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .map(Document::of)
                    .toList();
        }
    }

    static Document of(Path path) {
        return new Document(path, read(path));
    }

    static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new AssertionError(path + " cannot be read", e);
        }
    }

    /** The links into the repository that lead nowhere. */
    List<String> deadLinks() {
        return LINK.matcher(text)
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.matches("[a-z]+:.*") && !leadsSomewhere(link))
                .toList();
    }

    private boolean leadsSomewhere(String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? path : path.resolveSibling(parts[0]).normalize();
        return Files.exists(target)
                && (parts.length == 1 || of(target).anchors().contains(parts[1]));
    }

    /** What its headings are called in links. */
    private List<String> anchors() {
        return HEADING.matcher(text)
                .results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .toList();
    }

    /** A piece of a source that a document shows. */
    record Snippet(String source, String region, String shown) {
        private static Snippet of(MatchResult match) {
            return new Snippet(match.group(1), match.group(2), match.group(3));
        }

        /** The same piece in the source, moved to the left margin. */
        String inSource() {
            String file = read(ROOT.resolve(source));
            var marks =
                    Pattern.compile(
                            "(?s)// region %1$s\\R(.*?)\\R *// endregion %1$s\\b"
                                    .formatted(region));
            return marks.matcher(file)
                    .results()
                    .map(found -> found.group(1).stripIndent().strip())
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(source + " has no region " + region));
        }
    }

    /** Every piece of Java with a comment before it that names its source. */
    List<Snippet> snippets() {
        return SNIPPET.matcher(text).results().map(Snippet::of).toList();
    }
}
