package dev.stele.app.cli;

import dev.stele.domain.port.LogAdministration;
import dev.stele.domain.port.LogHead;
import dev.stele.domain.port.LogVerification;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code stele log verify}: whether the log is what was written. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Tells whether the log is what was written, and if not, names the bad events.",
            "Follows the chain of hashes through the whole log: an event that was changed, taken"
                    + " out, added or moved does not fit to it. Changes nothing of the log, and"
                    + " works while somebody works in the home.",
            "A log whose end was cut off, or that was replaced together with all its hashes, looks"
                    + " sound by itself. To find that out, keep what 'stele log head' prints"
                    + " elsewhere, and give it to --expect."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the log is sound, or its losses are accepted, and it is the expected one; it may"
                    + " have grown since",
            "1:the log is sound, and its snapshot is not (--model), or the expected place was compacted",
            "2:what --expect was given is no head",
            "4:there is no log, or it cannot be read",
            "6:the log is damaged, or is not the expected one"
        })
final class LogVerifyCommand extends LogCareCommand {

    @Option(
            names = "--expect",
            paramLabel = "HEAD",
            converter = HeadConverter.class,
            description = "What 'stele log head' printed before; the log may have grown since.")
    private @Nullable LogHead expected;

    @Option(
            names = "--model",
            description = {
                "Also folds the whole log, and compares that with what a start would work with:"
                        + " the snapshot of the model and the events after it."
            })
    private boolean model;

    /** The head of a log, or a sentence that says what one looks like. */
    static final class HeadConverter implements ITypeConverter<LogHead> {

        @Override
        public LogHead convert(String word) {
            try {
                return LogHead.parse(word.strip());
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(
                        SafeText.line(String.valueOf(e.getMessage()), 300));
            }
        }
    }

    @Override
    ExitCode care(Console console, boolean json) {
        var verdict = new LogVerdict(console, store() == null ? home().store() : null, json);
        ExitCode chain = verdict.tell(follow(console), expected);
        if (chain != ExitCode.OK || !model) {
            return chain;
        }
        var progress = new ReplayProgress(console, "folding the log");
        return verdict.tell(builder().onReplay(progress).compareModels());
    }

    private LogVerification follow(Console console) {
        LogAdministration log = log();
        var progress = new ReplayProgress(console, "checking the log");
        return expected == null ? log.verify(progress) : log.verify(expected, progress);
    }
}
