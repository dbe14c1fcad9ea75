package dev.stele.provider.process;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How a main class of this jar is started: by the JDK that runs this, on the jars that it needs.
 */
public final class JavaCommand {

    private static final List<Class<?>> NEEDED =
            List.of(
                    JavaCommand.class,
                    dev.stele.contracts.ProviderError.class,
                    tools.jackson.databind.ObjectMapper.class,
                    tools.jackson.core.JsonParser.class,
                    com.fasterxml.jackson.annotation.JsonFormat.class);

    private JavaCommand() {}

    /**
     * The words that run a main class.
     *
     * @param main the class
     * @param arguments what it is given
     */
    public static List<String> words(Class<?> main, String... arguments) {
        var words =
                new ArrayList<>(
                        List.of(
                                java(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Xmx512m",
                                "-cp",
                                classPath(),
                                main.getName()));
        words.addAll(List.of(arguments));
        return List.copyOf(words);
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
