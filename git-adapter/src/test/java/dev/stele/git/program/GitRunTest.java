package dev.stele.git.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GitRunTest {

    private static GitRun run(int code, String output, String errors) {
        return new GitRun(code, output.getBytes(UTF_8), errors.getBytes(UTF_8));
    }

    @Test
    void a_failure_is_explained_by_what_git_complained_of_or_else_by_what_it_printed() {
        assertThat(run(1, "out", "fatal: no\n\n").explanation()).isEqualTo("fatal: no");
        assertThat(run(1, "out", " \n").explanation()).isEqualTo("out");
    }

    @Test
    void secrets_in_addresses_are_not_told() {
        assertThat(run(1, "", "fatal: https://me:secret@host/x refused").explanation())
                .isEqualTo("fatal: https://***@host/x refused");
        assertThat(run(1, "", "fatal: https://me:s@cr@t@host/x refused").explanation())
                .isEqualTo("fatal: https://***@host/x refused");
    }

    @Test
    void only_the_end_of_a_long_complaint_is_told() {
        assertThat(run(1, "", "line\n".repeat(50)).explanation().lines()).hasSize(12);
        assertThat(run(1, "", "x".repeat(5_000)).explanation()).hasSize(1_001).startsWith("…");
    }

    @Test
    void a_signal_is_named_before_the_last_words() {
        for (int code : new int[] {130, 137, 141, 143}) {
            assertThat(run(code, "", "hook runs").explanation())
                    .isEqualTo("git was stopped by a signal before it was done. hook runs");
        }
        assertThat(run(128, "", "fatal: no").explanation()).isEqualTo("fatal: no");
    }

    @Test
    void progress_explains_nothing() {
        String errors =
                """
                Counting objects:  50% (1/2)\rCounting objects: 100% (2/2), done.
                Delta compression using up to 2 threads
                Writing objects: 100% (3/3)
                Total 3 (delta 0), reused 0 (delta 0)
                remote: Resolving deltas: 9%
                remote: closed for today
                error: failed
                """;
        assertThat(run(1, "", errors).explanation())
                .isEqualTo("remote: closed for today\nerror: failed");
    }
}
