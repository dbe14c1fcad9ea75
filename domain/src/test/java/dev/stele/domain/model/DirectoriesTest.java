package dev.stele.domain.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoriesTest {

    @ParameterizedTest
    @ValueSource(strings = {"/", "/a", "/a b/ä", "C:\\", "c:/a", "\\\\server\\share"})
    void absolute_paths_of_unix_and_windows_are_known(String path) {
        assertThat(Directories.isAbsolute(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "./a", "../a", "~", "C:", "C:a", "1:/a", "\\a", " /a"})
    void other_paths_are_not_absolute(String path) {
        assertThat(Directories.isAbsolute(path)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/a, /a",
        "/a, /a/b",
        "/a, /a/b/c",
        "/, /a",
        "/, /",
        "/a, /a/",
        "C:\\, C:\\a",
        "C:\\a, C:\\a\\b",
        "C:/a, C:/a/b",
        "\\\\s\\x, \\\\s\\x\\y",
    })
    void a_directory_overlaps_itself_and_what_it_holds(String outer, String inner) {
        assertThat(Directories.overlap(outer, inner)).isTrue();
        assertThat(Directories.overlap(inner, outer)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/a, /b",
        "/a, /ab",
        "/a/b, /a/c",
        "/a/b, /a/bc",
        "/a, /A",
        "C:\\a, D:\\a",
        "C:\\a, C:\\ab",
        "/a/b, /b",
    })
    void sisters_and_names_that_only_begin_alike_do_not_overlap(String one, String other) {
        assertThat(Directories.overlap(one, other)).isFalse();
        assertThat(Directories.overlap(other, one)).isFalse();
    }
}
