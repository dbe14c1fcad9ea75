package dev.stele.app.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.MessageContent.ToolCall;
import dev.stele.contracts.ToolLocation;
import dev.stele.contracts.ToolOutput;
import dev.stele.domain.model.TouchedPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Neither links nor dots hide where a file is. */
class TouchedFilesTest {

    @TempDir private Path temporary = Path.of("");
    private Path place = Path.of("");
    private Path project = Path.of("");

    @BeforeEach
    void a_project_with_links_in_it() throws IOException {
        place = temporary.toRealPath();
        project = Files.createDirectories(place.resolve("project"));
        Files.createDirectories(project.resolve("src/deep"));
        Files.createDirectories(place.resolve("outside/deep"));
        link("out", place.resolve("outside"));
        link("relative", Path.of("../outside"));
        link("nowhere", place.resolve("outside/new.txt"));
        link("inside", Path.of("src"));
        link("round", Path.of("round"));
        link("chain", Path.of("out"));
    }

    private void link(String name, Path target) throws IOException {
        Files.createSymbolicLink(project.resolve(name), target);
    }

    private List<TouchedPath> touched(String... paths) {
        List<ToolLocation> locations =
                List.of(paths).stream().map(path -> new ToolLocation(path, null)).toList();
        return new TouchedFiles(project)
                .of(new ToolCall("c", null, null, null, null, null, locations, null, null));
    }

    @ParameterizedTest
    @CsvSource({
        "src/A.java, src/A.java",
        "./src/../src/deep/new/B.java, src/deep/new/B.java",
        "inside/A.java, src/A.java",
        "inside/deep/../A.java, src/A.java",
        "'', ''",
        "src/.., ''"
    })
    void what_is_inside_is_told_from_the_projects_directory(String named, String path) {
        assertThat(touched(named)).containsExactly(new TouchedPath(path, true));
    }

    @ParameterizedTest
    @CsvSource({
        "../outside/a.txt, outside/a.txt",
        "out/a.txt, outside/a.txt",
        "relative/a.txt, outside/a.txt",
        "chain/deep/a.txt, outside/deep/a.txt",
        "nowhere, outside/new.txt",
        "out/deep/../../project2/a.txt, project2/a.txt",
        "src/../../projects/a.txt, projects/a.txt"
    })
    void what_leads_outside_is_outside(String named, String path) {
        assertThat(touched(named))
                .containsExactly(new TouchedPath(place.resolve(path).toString(), false));
    }

    @Test
    void an_absolute_path_is_where_it_says() {
        assertThat(touched(project.resolve("src/A.java").toString()))
                .containsExactly(new TouchedPath("src/A.java", true));
        assertThat(touched(place.resolve("outside/a.txt").toString()))
                .extracting(TouchedPath::inside)
                .containsExactly(false);
    }

    @Test
    void what_is_no_path_or_goes_round_in_circles_counts_as_outside() {
        assertThat(touched("a\0b", "round/a.txt"))
                .extracting(TouchedPath::inside)
                .containsExactly(false, false);
    }

    @Test
    void files_of_shown_changes_count_as_well() {
        var diff = new ToolOutput.Diff("../outside/b.txt", null, "new");
        var call = new ToolCall("c", null, null, null, null, null, null, List.of(diff), null);

        assertThat(new TouchedFiles(project).of(call))
                .containsExactly(new TouchedPath(place.resolve("outside/b.txt").toString(), false));
    }

    @Test
    void an_agent_that_names_no_files_tells_nothing() {
        assertThat(new TouchedFiles(project).of(null)).isEmpty();
        assertThat(new TouchedFiles(project).of(ToolCall.of("c", "edit", "{}"))).isEmpty();
    }
}
