package dev.stele.archunit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents say of the repository is so. */
class DocumentsTest {
    private static final Path CLI = Document.ROOT.resolve("app/src/main/java/dev/stele/app/cli");
    private static final Document README = Document.of(Document.ROOT.resolve("README.md"));

    static List<Document> documents() throws IOException {
        return Document.all();
    }

    static Stream<Document.Snippet> snippets() throws IOException {
        return documents().stream().flatMap(document -> document.snippets().stream());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_link_into_the_repository_leads_somewhere(Document document) {
        assertThat(document.deadLinks()).as(document.path().toString()).isEmpty();
    }

    @Test
    void a_link_that_leads_nowhere_is_found() {
        var document =
                new Document(
                        README.path(),
                        "[a](LICENSE) [b](missing.md) [c](README.md#licence) [d](README.md#gone)"
                                + " [e](https://example.org)");
        assertThat(document.deadLinks()).containsExactly("missing.md", "README.md#gone");
    }

    @Test
    void all_documents_are_seen() throws IOException {
        assertThat(documents()).hasSizeGreaterThan(10);
        assertThat(snippets()).hasSizeGreaterThanOrEqualTo(3);
    }

    /** A class may end with members that the document does not show. */
    @ParameterizedTest
    @MethodSource("snippets")
    void a_piece_of_java_is_that_of_its_source(Document.Snippet snippet) {
        assertThat(snippet.shown()).isIn(snippet.inSource(), snippet.inSource() + "\n}");
    }

    @Test
    void the_readme_tells_every_exit_code() {
        var constant = Pattern.compile("(?m)^    [A-Z_]+\\((\\d+), \"(.+)\"\\)");
        var codes =
                constant.matcher(Document.read(CLI.resolve("ExitCode.java"))).results().toList();
        assertThat(codes).hasSizeGreaterThan(5);
        assertThat(codes)
                .allSatisfy(code ->
                        assertThat(README.text())
                                .contains("| " + code.group(1) + " | " + code.group(2) + " |"));
    }

    @Test
    void the_readme_tells_every_command() {
        var subcommand = Pattern.compile("(?m)^ +([A-Z][a-z]+)Command\\.class");
        var names =
                subcommand
                        .matcher(Document.read(CLI.resolve("SteleCommand.java")))
                        .results()
                        .map(match -> match.group(1).toLowerCase(Locale.ROOT))
                        .toList();
        assertThat(names).hasSizeGreaterThan(10);
        assertThat(names)
                .allSatisfy(name ->
                        assertThat(README.text()).containsPattern("[|,] `" + name + "[ `]"));
    }
}
