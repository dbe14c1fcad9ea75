package dev.stele.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.app.support.GitProject;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page whose server dies. */
@Tag("browser")
final class ReconnectTest {
    private static final String NEW_THREAD =
            """
            const { command, newId, post } = await import('/assets/js/api.js');
            const { projectId } = await post('/api/projects', { path: given[0] });
            await command('CreateThread', {
              threadId: newId(), projectId, title: given[1], agent: 'scripted',
            });
            """;

    @TempDir private Path directory;

    @Test
    void a_page_goes_on_by_itself_after_its_server_was_killed_or_stopped_and_started_again()
            throws Exception {
        Path garden = GitProject.in(directory.resolve("garden")).directory();
        Path home = directory.resolve("home");
        int port = ServerProcess.freePort();
        try (var page = Page.open(directory)) {
            try (var first = ServerProcess.start(home, port)) {
                page.enter(first.entrance());
                page.answer(NEW_THREAD, garden.toString(), "One");
                page.reads(".sidebar .thread", "One");
                page.click(".sidebar .thread").write("#prompt", "Kept while nobody listens");
                first.kill();
            }
            page.sees(".connection.failed").reads(".connection", "no connection");
            try (var second = ServerProcess.start(home, port)) {
                page.connected();
                assertThat(page.script("return document.getElementById('prompt').value"))
                        .as("nothing that was written is lost")
                        .isEqualTo("Kept while nobody listens");
                page.answer(NEW_THREAD, garden.toString(), "Two");
                page.reads(".sidebar .thread", "Two").reads(".sidebar .thread", "One");
                second.stop();
            }
            page.sees(".connection.failed").reads(".sidebar .thread", "Two");
            try (var third = ServerProcess.start(home, port)) {
                page.connected();
                page.answer(NEW_THREAD, garden.toString(), "Three");
                page.reads(".sidebar .thread", "Three");
                assertThat(third.entrance().getPort()).isEqualTo(port);
            }
        }
    }
}
