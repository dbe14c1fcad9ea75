package dev.stele.app.web;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** A window in which modules of the page run by themselves, where they will run. */
@Tag("browser")
abstract class ModuleFixture {
    @TempDir private static Path directory;

    private static ServedHome home;
    static Page page;

    @BeforeAll
    static void enter() throws IOException {
        home = ServedHome.in(directory);
        page = Page.open(directory);
        page.enter(home);
    }

    @AfterAll
    static void leave() {
        page.close();
        home.close();
    }

    /** Nothing of the page itself is at work in what the server says of its health. */
    @BeforeEach
    void empty() {
        page.go(home.entrance().resolve("/api/health"));
    }
}
