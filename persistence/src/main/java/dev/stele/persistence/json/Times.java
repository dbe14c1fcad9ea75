package dev.stele.persistence.json;

import java.time.Instant;
import java.time.LocalDate;

/**
 * Times in ISO 8601. The form that the codec writes is read without the JDK's formatter, which
 * would take longer than all the rest of an event.
 */
final class Times {
    private static final String FORM = "0000-00-00T00:00:00.000Z";

    private Times() {}

    /**
     * The time that a text tells.
     *
     * @throws java.time.DateTimeException when it tells none
     */
    static Instant parse(String text) {
        if (!hasForm(text)) {
            return Instant.parse(text);
        }
        int hour = number(text, 11, 2);
        int minute = number(text, 14, 2);
        int second = number(text, 17, 2);
        if (hour > 23 || minute > 59 || second > 59) {
            return Instant.parse(text);
        }
        long day =
                LocalDate.of(number(text, 0, 4), number(text, 5, 2), number(text, 8, 2))
                        .toEpochDay();
        return Instant.ofEpochSecond(
                ((day * 24 + hour) * 60 + minute) * 60 + second, number(text, 20, 3) * 1_000_000L);
    }

    private static boolean hasForm(String text) {
        if (text.length() != FORM.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean fits = FORM.charAt(i) == '0' ? c >= '0' && c <= '9' : c == FORM.charAt(i);
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static int number(String text, int start, int digits) {
        int number = 0;
        for (int i = start; i < start + digits; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }
}
