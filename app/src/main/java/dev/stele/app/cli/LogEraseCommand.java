package dev.stele.app.cli;

import dev.stele.app.engine.ErasureReport;
import dev.stele.app.error.FileTrouble;
import dev.stele.domain.model.SecretText;
import dev.stele.domain.port.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code stele log erase}: a text that should never have been said is gone from the log and from
 * checkpoints.
 */
@Command(
        name = "erase",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Erases a leaked text from the log and from checkpoints for good, and leaves the log"
                    + " verifiable.",
            "The text is read from standard input or a file, never from the command line, which"
                    + " other users of the machine can see. It is found in all events, also where it"
                    + " is spread over pieces of an answer, escaped as JSON or in base64, as in"
                    + " pictures, and in the answers to commands, and in the files of checkpoints,"
                    + " whose names stay; not inside compressed files, nor in base64 that is broken"
                    + " into lines, nor in copies of the log elsewhere.",
            "Commits, branches, the index and files of your own stay as they are; where they hold"
                    + " the text it is said.",
            "Nobody may work in the home meanwhile, nor with git in its projects. Change the leaked"
                    + " password or key, too."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:erased, or found nowhere, or only looked for (--dry-run)",
            "1:erased, and something else still holds it, which is named; or it was not wanted",
            "2:there is no text, or it is too short",
            "4:there is no log, or it cannot be written, or somebody works in the home"
        })
final class LogEraseCommand extends LogCareCommand {

    private static final int SHOWN = 20;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "Holds the text, on one line or more; else standard input does.")
    private @Nullable Path file;

    @Option(names = "--dry-run", description = "Only says where the text is.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Does not ask.")
    private boolean yes;

    @Override
    ExitCode care(Console console, boolean json) throws InterruptedException {
        if (!dryRun && !yes && file == null) {
            throw usage(
                    "With the text on standard input nobody can be asked: add --yes, or --dry-run.");
        }
        SecretText secret = secret();
        log(); // there is one
        var progress = new ReplayProgress(console, "looking for the text");
        ErasureReport found = builder().find(secret, progress);
        if (dryRun) {
            tell(found, List.of(), console, json);
            return ExitCode.OK;
        }
        if (!found.isEmpty() && !yes && !isWanted(found, console)) {
            console.note("Nothing was changed.");
            return ExitCode.FAILED;
        }
        ErasureReport erased =
                builder().erase(secret, System.getProperty("user.name", "somebody"), progress);
        List<Path> left = filesWith(secret);
        tell(erased, left, console, json);
        return left.isEmpty() && !erased.checkpoints().isLeft() ? ExitCode.OK : ExitCode.FAILED;
    }

    private SecretText secret() {
        try {
            byte[] bytes = file == null ? System.in.readAllBytes() : Files.readAllBytes(file);
            return new SecretText(new String(bytes, StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            throw usage("The text cannot be read: " + FileTrouble.reason(e) + ".");
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private static boolean isWanted(ErasureReport found, Console console)
            throws InterruptedException {
        return console.confirms(
                where(found) + " hold the text. It will be gone for good. Erase it?");
    }

    private static String where(ErasureReport found) {
        int checkpoints =
                found.checkpoints().places().stream().mapToInt(at -> at.held().size()).sum();
        return Phrases.count(found.sequences().size(), "event")
                + ", "
                + Phrases.count(found.receipts(), "answer")
                + " to commands and "
                + Phrases.count(checkpoints, "checkpoint");
    }

    /** The log's own files are among them: they may not hold it either. */
    private List<Path> filesWith(SecretText secret) {
        try {
            return new FileSearch(secret).below(home().root());
        } catch (IOException e) {
            throw new StoreException(
                    "The text is erased from the log, and the other files of "
                            + home().root()
                            + " cannot be looked into: "
                            + e,
                    e);
        }
    }

    private static void tell(ErasureReport report, List<Path> left, Console console, boolean json) {
        if (json) {
            LogJson.print(value(report, left), console);
            return;
        }
        if (report.isEmpty()) {
            console.line("Neither the log nor a checkpoint holds the text.");
        } else {
            console.line((report.erased() ? "erased: " : "found: ") + where(report));
        }
        if (report.isInLog()) {
            console.line("  events   " + some(report.sequences()));
            console.line("  threads  " + some(report.threads()));
        }
        report.checkpoints().places().forEach(place -> ErasedPlaces.print(place, console));
        if (!left.isEmpty()) {
            console.note("These files of the home still hold it: " + some(left));
        }
        console.note("Backups and exports are not looked into.");
    }

    static String some(List<?> all) {
        return all.stream().limit(SHOWN).map(Objects::toString).collect(Collectors.joining(", "))
                + (all.size() > SHOWN ? " and " + (all.size() - SHOWN) + " more" : "");
    }

    private static ObjectNode value(ErasureReport report, List<Path> left) {
        ObjectNode value =
                LogJson.object().put("erased", report.erased()).put("answers", report.receipts());
        ArrayNode events = value.putArray("events");
        report.sequences().forEach(events::add);
        ArrayNode threads = value.putArray("threads");
        report.threads().forEach(thread -> threads.add(thread.value()));
        ArrayNode places = value.putArray("checkpoints");
        report.checkpoints().places().forEach(place -> places.add(ErasedPlaces.value(place)));
        ArrayNode files = value.putArray("filesLeft");
        left.forEach(path -> files.add(path.toString()));
        return value;
    }
}
