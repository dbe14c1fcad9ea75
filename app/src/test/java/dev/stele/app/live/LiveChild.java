package dev.stele.app.live;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The process in which scenarios are run: it has the environment of a person who uses the agent.
 * For each scenario it prints a {@link Verdict}.
 */
final class LiveChild {
    private static final PrintStream OUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    private LiveChild() {}

    /**
     * Runs scenarios.
     *
     * @param arguments the folder, the agent's name, and the names of the scenarios
     */
    public static void main(String... arguments) throws Exception {
        List<String> words = List.of(arguments);
        try (var stage = new Stage(Path.of(words.getFirst()), words.get(1))) {
            for (String name : words.subList(2, words.size())) {
                OUT.println(verdict(Act.valueOf(name), stage).line());
                if (name.equals(Act.KILL.name())) {
                    awaitKill();
                }
            }
            List<String> places = stage.placesOfKey();
            OUT.println(
                    new Verdict(Verdict.KEY, places.isEmpty(), String.join(", ", places)).line());
        }
        System.exit(0);
    }

    /** Returns when the parent is gone that should have killed it. */
    private static void awaitKill() throws IOException {
        System.in.transferTo(OutputStream.nullOutputStream());
    }

    /** Whatever goes wrong is the verdict: the other scenarios are run all the same. */
    private static Verdict verdict(Act act, Stage stage) throws InterruptedException {
        try {
            return new Verdict(act.name(), true, act.play(stage));
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception | AssertionError e) {
            return new Verdict(act.name(), false, e.toString());
        }
    }
}
