package dev.stele.app.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An age as people write it: {@code 30d}, {@code 12h}, {@code 0}, or as ISO 8601 has it. */
final class AgeConverter implements ITypeConverter<Duration> {

    private static final Pattern SHORT = Pattern.compile("(\\d{1,9})([smhdw]?)");

    @Override
    public Duration convert(String word) {
        Matcher parts = SHORT.matcher(word);
        if (parts.matches() && (!parts.group(2).isEmpty() || Long.parseLong(parts.group(1)) == 0)) {
            return of(Long.parseLong(parts.group(1)), parts.group(2));
        }
        try {
            Duration age = Duration.parse(word);
            if (!age.isNegative()) {
                return age;
            }
        } catch (DateTimeException _) {
            // the sentence below says what an age looks like
        }
        throw new TypeConversionException(
                SafeText.line("'" + word + "' is no age; write 30d, 12h, 45m, 0 or PT90M.", 300));
    }

    private static Duration of(long number, String unit) {
        return switch (unit) {
            case "w" -> Duration.ofDays(7 * number);
            case "d" -> Duration.ofDays(number);
            case "h" -> Duration.ofHours(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofSeconds(number);
        };
    }
}
