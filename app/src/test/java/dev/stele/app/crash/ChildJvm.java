package dev.stele.app.crash;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * How processes of the same program are started: {@link #plain} at once, {@link #trained} after
 * some work once, which spares each of them most of its start.
 *
 * @param options of the virtual machine, with the class path
 */
record ChildJvm(List<String> options) {

    private static final List<String> SMALL =
            List.of(
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Xmx256m",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");

    static ChildJvm plain() {
        return with(System.getProperty("java.class.path"), List.of());
    }

    /**
     * With a cache of its classes, made by a run of the program.
     *
     * @param folder where cache and classes are kept
     * @param program runs to its end when its input ends
     */
    static ChildJvm trained(Path folder, String... program)
            throws IOException, InterruptedException {
        String classPath = packed(folder);
        Path cache = folder.resolve("classes.aot");
        Process training =
                with(classPath, List.of("-XX:AOTCacheOutput=" + cache))
                        .builder(program)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(folder.resolve("training.err").toFile())
                        .start();
        training.getOutputStream().close();
        if (training.waitFor() != 0) {
            throw new IOException(Files.readString(folder.resolve("training.err")));
        }
        return with(classPath, List.of("-XX:AOTCache=" + cache, "-Xlog:aot*=off"));
    }

    private static ChildJvm with(String classPath, List<String> more) {
        var options = new ArrayList<>(SMALL);
        options.addAll(more);
        options.addAll(List.of("-cp", classPath));
        return new ChildJvm(options);
    }

    /** A process to come. */
    ProcessBuilder builder(String... program) {
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(options);
        command.addAll(List.of(program));
        return new ProcessBuilder(command);
    }

    /** The class path with a jar in place of each folder, since caches know only jars. */
    private static String packed(Path folder) throws IOException {
        var entries = new ArrayList<String>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                Path jar = folder.resolve("classes-" + entries.size() + ".jar");
                pack(path, jar);
                entries.add(jar.toString());
            } else {
                entries.add(entry);
            }
        }
        return String.join(File.pathSeparator, entries);
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (Stream<Path> walk = Files.walk(classes);
                OutputStream out = Files.newOutputStream(jar);
                var packed = new JarOutputStream(out)) {
            for (Path file : walk.skip(1).sorted().toList()) {
                boolean folder = Files.isDirectory(file); // migrations are looked for by theirs
                String name = classes.relativize(file).toString().replace(File.separatorChar, '/');
                packed.putNextEntry(new JarEntry(folder ? name + "/" : name));
                if (!folder) {
                    Files.copy(file, packed);
                }
                packed.closeEntry();
            }
        }
    }
}
