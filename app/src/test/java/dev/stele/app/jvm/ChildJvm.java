package dev.stele.app.jvm;

import dev.stele.app.cli.Main;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How processes of the same program are started: {@link #plain} at once, {@link #trained} after
 * some work once, which spares each of them most of its start, and {@link #shared} as trained by a
 * turn of the command line, once for all tests of a build.
 *
 * @param options of the virtual machine, with the class path
 */
public record ChildJvm(List<String> options) {

    private static final List<String> SMALL =
            List.of(
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Xmx512m",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");

    private static final String CACHE = "classes.aot";
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static @Nullable ChildJvm shared;

    /** {@return one without a cache, for a single process} */
    public static ChildJvm plain() {
        return with(System.getProperty("java.class.path"), List.of());
    }

    /**
     * With a cache of its classes, made by a run of the program.
     *
     * @param folder where cache and classes are kept
     * @param program runs to its end when its input ends
     */
    public static ChildJvm trained(Path folder, String... program)
            throws IOException, InterruptedException {
        return trained(folder, Map.of(), program);
    }

    /** {@return the one that all tests of this build share; the first to ask waits for it} */
    public static ChildJvm shared() {
        LOCK.lock();
        try {
            if (shared == null) {
                shared = ofThisBuild();
            }
            return shared;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a cache of classes was made", e);
        } finally {
            LOCK.unlock();
        }
    }

    /** Made by one test process; others of the same build wait for it and use it. */
    private static ChildJvm ofThisBuild() throws IOException, InterruptedException {
        Path target = Files.createDirectories(Path.of("target", "child-jvm").toAbsolutePath());
        Path folder = target.resolve(Integer.toHexString(classes().hashCode()));
        try (var guard =
                        FileChannel.open(
                                target.resolve("lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                var _ = guard.lock()) {
            Path made = folder.resolve("made");
            if (Files.exists(made)) {
                return cached(classPath(folder), folder);
            }
            Files.createDirectories(folder);
            Path project = Files.createDirectories(folder.resolve("project"));
            new ProcessBuilder("git", "init", "--quiet", project.toString()).start().waitFor();
            String home = folder.resolve("home").toString();
            ChildJvm jvm =
                    trained(
                            folder,
                            Map.of("STELE_HOME", home),
                            Main.class.getName(),
                            "run",
                            "--project",
                            project.toString(),
                            "--agent",
                            "scripted",
                            "--approve",
                            "all",
                            "Rehearse.");
            Files.createFile(made);
            return jvm;
        }
    }

    /** What the class path holds: a build of other classes has another one. */
    private static List<String> classes() throws IOException {
        var known = new ArrayList<String>();
        for (String entry : entries()) {
            known.add(entry + " " + newest(Path.of(entry)));
        }
        return known;
    }

    private static FileTime newest(Path entry) throws IOException {
        try (Stream<Path> walk = Files.walk(entry)) {
            var times = new ArrayList<FileTime>();
            for (Path file : walk.toList()) {
                times.add(Files.getLastModifiedTime(file));
            }
            return times.stream().max(Comparator.naturalOrder()).orElseThrow();
        }
    }

    private static ChildJvm trained(Path folder, Map<String, String> environment, String... program)
            throws IOException, InterruptedException {
        String classPath = classPath(folder);
        pack(folder);
        Path cache = folder.resolve(CACHE);
        ProcessBuilder builder =
                with(classPath, List.of("-XX:AOTCacheOutput=" + cache))
                        .builder(program)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(folder.resolve("training.err").toFile());
        builder.environment().putAll(environment);
        Process training = builder.start();
        training.getOutputStream().close();
        if (training.waitFor() != 0) {
            throw new IOException(Files.readString(folder.resolve("training.err")));
        }
        return cached(classPath, folder);
    }

    private static ChildJvm cached(String classPath, Path folder) {
        return with(
                classPath,
                List.of(
                        "-XX:AOTCache=" + folder.resolve(CACHE),
                        "-Xlog:aot*=off",
                        "-Xlog:cds*=off"));
    }

    private static ChildJvm with(String classPath, List<String> more) {
        var options = new ArrayList<>(SMALL);
        options.addAll(more);
        options.addAll(List.of("-cp", classPath));
        return new ChildJvm(options);
    }

    /** {@return the words that start a program} */
    public List<String> words(String... program) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(program));
        return List.copyOf(command);
    }

    /** {@return a process to come} */
    public ProcessBuilder builder(String... program) {
        return new ProcessBuilder(words(program));
    }

    /** The class path with a jar in place of each folder, since caches know only jars. */
    private static String classPath(Path folder) {
        var entries = new ArrayList<String>();
        for (String entry : entries()) {
            boolean classes = Files.isDirectory(Path.of(entry));
            entries.add(classes ? jar(folder, entries.size()).toString() : entry);
        }
        return String.join(File.pathSeparator, entries);
    }

    private static void pack(Path folder) throws IOException {
        List<String> entries = entries();
        for (int place = 0; place < entries.size(); place++) {
            Path path = Path.of(entries.get(place));
            if (Files.isDirectory(path)) {
                pack(path, jar(folder, place));
            }
        }
    }

    private static Path jar(Path folder, int place) {
        return folder.resolve("classes-" + place + ".jar");
    }

    private static List<String> entries() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.isEmpty() && Files.exists(Path.of(entry)))
                .toList();
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
