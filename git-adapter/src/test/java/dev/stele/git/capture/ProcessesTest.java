package dev.stele.git.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.git.testing.Restoring;
import dev.stele.git.testing.WorkTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which processes checkpoints start: none, not even the first one in the life of a JVM. */
class ProcessesTest {

    @TempDir Path temp;

    @Test
    void checkpoints_and_restores_start_no_process() throws IOException, InterruptedException {
        WorkTree tree = WorkTree.init(temp.resolve("project"));
        tree.write("a.txt", "one").write("dir/b.txt", "two").write(".gitattributes", "* text\n");
        tree.executable("a.txt", true).commit("first");
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        tree.root().toString(),
                        temp.resolve("aside").toString());
        Path told = temp.resolve("told");
        Process child =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(told.toFile())
                        .start();
        int code = child.waitFor();
        String output = Files.readString(told, StandardCharsets.UTF_8);
        assertThat(code).as(output).isZero();
        assertThat(output.strip().lines().toList())
                .as("started by Stele, and then by the test")
                .last()
                .isEqualTo("0 1");
        assertThat(tree.read("a.txt")).isEqualTo("one");
    }

    /** Takes checkpoints and brings one back, then starts a process itself. */
    static final class Child {

        private Child() {}

        @SuppressWarnings("SystemOut")
        public static void main(String[] arguments) throws IOException, InterruptedException {
            var tree = new WorkTree(Path.of(arguments[0]));
            Path aside = Files.createDirectories(Path.of(arguments[1]));
            try (var recording = new Recording()) {
                recording.enable("jdk.ProcessStart");
                recording.start();
                work(tree, new Restoring(aside));
                long before = started(recording, aside.resolve("before.jfr"));
                new ProcessBuilder("true").start().waitFor();
                long after = started(recording, aside.resolve("after.jfr"));
                System.out.println(before + " " + after);
            }
        }

        private static void work(WorkTree tree, Restoring restoring) {
            TakenCheckpoint first = restoring.take(tree);
            tree.write("a.txt", "changed").executable("a.txt", false).write("new", "new");
            restoring.take(tree);
            restoring.restore(tree, first);
        }

        private static long started(Recording recording, Path file) throws IOException {
            recording.dump(file);
            return RecordingFile.readAllEvents(file).size();
        }
    }
}
