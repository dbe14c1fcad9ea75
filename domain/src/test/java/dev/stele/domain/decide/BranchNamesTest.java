package dev.stele.domain.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rule for the name of a branch, held against git itself. */
class BranchNamesTest {

    private static final long SEED = 20260301L;
    private static final List<String> PARTS =
            List.of(
                    "a",
                    "B",
                    "7",
                    "-",
                    "_",
                    ".",
                    "..",
                    "/",
                    "//",
                    "@",
                    "@{",
                    "{",
                    "}",
                    "~",
                    "^",
                    ":",
                    "?",
                    "*",
                    "[",
                    "]",
                    "\\",
                    " ",
                    "\t",
                    "\u0001",
                    "\u007f",
                    ".lock",
                    "lock",
                    "HEAD",
                    "ä",
                    "漢",
                    "\uD83D\uDE00",
                    "\u3000",
                    "\u00a0",
                    "refs/heads/",
                    "+",
                    "=",
                    "'",
                    "\"",
                    "$",
                    "!",
                    "#",
                    "%",
                    "&",
                    "(",
                    ")",
                    ",",
                    ";",
                    "<",
                    ">",
                    "|",
                    "`");

    @TempDir Path folder;

    @Test
    void stele_and_git_agree_on_every_name() throws IOException, InterruptedException {
        List<String> disagreed = new ArrayList<>();
        int allowed = 0;
        Set<String> names = names();
        for (String name : names) {
            boolean git = gitTakes(name);
            allowed += git ? 1 : 0;
            if (git != (BranchNames.problem(name) == null)) {
                disagreed.add("'" + name + "' is " + (git ? "allowed" : "refused") + " by git");
            }
        }

        assertThat(disagreed).as("seed %d", SEED).isEmpty();
        assertThat(allowed).isBetween(50, names.size() - 50);
    }

    /** Git lets a branch have this name, and reads it as HEAD ever after. */
    @Test
    void the_lone_at_sign_is_refused_whatever_git_says() {
        assertThat(BranchNames.problem("@")).isEqualTo("it means something else to git.");
    }

    /** Every part alone, every pair of parts around a letter or not, and a few hundred mixtures. */
    private static Set<String> names() {
        Set<String> names = new LinkedHashSet<>(List.of("", "main", "feature/x", "v1.0-rc.2"));
        for (String part : PARTS) {
            names.addAll(
                    List.of(part, "a" + part, part + "a", "a" + part + "b", "a/" + part + "/b"));
            names.addAll(List.of("a/" + part, part + "/b", part + part, "a" + part + part + "b"));
        }
        var random = new Random(SEED);
        for (int i = 0; i < 300; i++) {
            var name = new StringBuilder();
            for (int length = 1 + random.nextInt(5); length > 0; length--) {
                name.append(PARTS.get(random.nextInt(PARTS.size())));
            }
            names.add(name.toString());
        }
        names.remove("@");
        return names;
    }

    private boolean gitTakes(String name) throws IOException, InterruptedException {
        Process git =
                new ProcessBuilder("git", "check-ref-format", "--branch", name)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        assertThat(git.waitFor(1, TimeUnit.MINUTES)).as("git answers").isTrue();
        return git.exitValue() == 0;
    }
}
