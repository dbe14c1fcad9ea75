package dev.stele.provider.scripted;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** How the scripted agent is started: by the JDK that runs this, on the jars that it needs. */
public final class ScriptedCommand {

    private static final List<Class<?>> NEEDED =
            List.of(
                    ScriptedAgent.class,
                    tools.jackson.databind.ObjectMapper.class,
                    tools.jackson.core.JsonParser.class,
                    com.fasterxml.jackson.annotation.JsonFormat.class);

    private ScriptedCommand() {}

    /** The command for its own script. */
    public static List<String> words() {
        return List.of(
                java(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                classPath(),
                ScriptedAgent.class.getName());
    }

    /**
     * The command for another script.
     *
     * @param script the script's file
     */
    public static List<String> words(Path script) {
        var words = new ArrayList<>(words());
        words.add(script.toString());
        return words;
    }

    private static String java() {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return Files.isExecutable(java)
                ? java.toString()
                : ProcessHandle.current().info().command().orElse("java");
    }

    private static String classPath() {
        Set<String> places = new LinkedHashSet<>();
        for (Class<?> needed : NEEDED) {
            var source = needed.getProtectionDomain().getCodeSource();
            if (source == null || source.getLocation() == null) {
                return System.getProperty("java.class.path");
            }
            try {
                places.add(Path.of(source.getLocation().toURI()).toString());
            } catch (URISyntaxException | IllegalArgumentException _) {
                return System.getProperty("java.class.path");
            }
        }
        return String.join(File.pathSeparator, places);
    }
}
