package dev.stele.git.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Native git in a directory. */
public record Git(Path directory) {

    /**
     * Runs it.
     *
     * @return what it prints, one character per byte
     */
    public String run(String... arguments) {
        Result result = attempt(arguments);
        assertThat(result.code).as("git %s: %s", List.of(arguments), result.errors).isZero();
        return result.output;
    }

    /** What it prints, without blanks around it. */
    public String line(String... arguments) {
        return new String(run(arguments).getBytes(ISO_8859_1), UTF_8).strip();
    }

    /** Runs it, whatever comes of it. */
    public Result attempt(String... arguments) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "git",
                                "-c",
                                "user.name=Test",
                                "-c",
                                "user.email=test@example.invalid",
                                "-c",
                                "commit.gpgSign=false",
                                "-c",
                                "protocol.file.allow=always"));
        command.addAll(List.of(arguments));
        return process(command.toArray(String[]::new));
    }

    /** Runs any program in the directory. */
    public Result process(String... command) {
        try {
            Path errors = Files.createTempFile("stele", "err");
            var builder = new ProcessBuilder(command).directory(directory.toFile());
            builder.redirectError(errors.toFile());
            builder.environment().put("GIT_OPTIONAL_LOCKS", "0");
            builder.environment().put("LC_ALL", "C.UTF-8");
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), ISO_8859_1);
            int code = process.waitFor();
            var result = new Result(code, output, Files.readString(errors, ISO_8859_1));
            Files.delete(errors);
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * What came of a program.
     *
     * @param code its exit code
     * @param output what it printed, one character per byte
     * @param errors what it complained of
     */
    public record Result(int code, String output, String errors) {}
}
