package dev.stele.persistence.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.tukaani.xz.XZInputStream;

/** The server's programs, unpacked into a folder of this process, and how they are run. */
final class Programs {

    /** The server refuses to be root: a user that no machine gives any right. */
    private static final String NOBODY = "65534";

    private final Path folder;
    private final List<String> asOther;

    private Programs(Path folder, List<String> asOther) {
        this.folder = folder;
        this.asOther = asOther;
    }

    /** The programs in a new folder. */
    static Programs unpack() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("stele-postgresql");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
        var programs = new Programs(folder, asOther());
        if (!programs.asOther.isEmpty()) {
            programs.succeed(List.of("chmod", "755", folder.toString()));
        }
        Path archive = folder.resolve("postgresql.tar");
        try (InputStream in = new XZInputStream(resource())) {
            Files.copy(in, archive);
        }
        Path home = Files.createDirectory(folder.resolve("home"));
        programs.succeed(List.of("tar", "-xf", archive.toString(), "-C", home.toString()));
        Files.delete(archive);
        return programs;
    }

    private static InputStream resource() throws IOException {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch", "");
        String name =
                "/postgres-%s-%s.txz"
                        .formatted(
                                system.startsWith("mac") ? "darwin" : "linux",
                                machine.equals("aarch64") ? "arm_64" : "x86_64");
        InputStream in = Programs.class.getResourceAsStream(name);
        if (in == null) {
            throw new IOException("the programs " + name + " are not on the class path");
        }
        return in;
    }

    /** What makes of root somebody else; nothing for everybody else. */
    private static List<String> asOther() throws IOException, InterruptedException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return List.of();
        }
        // In a user namespace of its own root is nobody, and still owns its files.
        List<String> namespace = List.of("unshare", "-U");
        List<String> otherUser =
                List.of("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups");
        for (List<String> way : List.of(namespace, otherUser)) {
            if (runs(Stream.concat(way.stream(), Stream.of("true")).toList())) {
                return way;
            }
        }
        throw new IOException("neither unshare nor setpriv lets root start a server");
    }

    private static boolean runs(List<String> command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException _) {
            return false;
        }
    }

    /** A new folder for a server's data, which the user of the server owns. */
    Path newFolder(String name) throws IOException, InterruptedException {
        Path data = Files.createDirectory(folder.resolve(name));
        if (asOther.contains(NOBODY)) {
            succeed(List.of("chown", NOBODY, data.toString()));
        }
        return data;
    }

    /** A command of the server, as the user of the server. */
    List<String> command(String program, String... arguments) {
        var command = new ArrayList<>(asOther);
        command.add(folder.resolve("home/bin/" + program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    /** A command of the system, as the user of the server. */
    List<String> asServer(String... command) {
        return Stream.concat(asOther.stream(), Stream.of(command)).toList();
    }

    /** Runs a command to its end, which has to be a good one. */
    void succeed(List<String> command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + " failed: " + output);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | RuntimeException _) {
            // what is left lies among the temporary files
        }
    }
}
