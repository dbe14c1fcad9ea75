package dev.stele.app.cli;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Programs of the machine that serve the person at the terminal: where they are missing, it goes
 * on.
 */
final class Programs {
    private static final Path TERMINAL = Path.of("/dev/tty");

    private Programs() {}

    /** Opens an address in the browser; whether the system knows how. */
    static boolean open(URI address) {
        try {
            new ProcessBuilder(command(System.getProperty("os.name", ""), address.toString()))
                    .redirectInput(Redirect.PIPE)
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** How a system is told to open an address. */
    static List<String> command(String system, String address) {
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) {
            return List.of("rundll32", "url.dll,FileProtocolHandler", address);
        }
        return List.of(name.startsWith("mac") ? "open" : "xdg-open", address);
    }

    /** Whether a program of this name can be started. */
    static boolean isOnPath(String name) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }

    /** The rows and columns of this process's terminal; empty when nobody knows. */
    static String terminalSize() {
        try {
            Process stty =
                    new ProcessBuilder("stty", "size")
                            .redirectInput(TERMINAL.toFile())
                            .redirectError(Redirect.DISCARD)
                            .start();
            String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return size.strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** Shows a manual page; whether the machine has a program for it, and it did. */
    static boolean showsManual(String page) throws InterruptedException {
        try {
            Process man =
                    new ProcessBuilder("man", "-l", "-")
                            .redirectOutput(Redirect.INHERIT)
                            .redirectError(Redirect.DISCARD)
                            .start();
            try (OutputStream in = man.getOutputStream()) {
                in.write(page.getBytes(StandardCharsets.UTF_8));
            }
            return man.waitFor() == 0;
        } catch (IOException none) {
            return false;
        }
    }
}
