package dev.stele.domain.model;

/**
 * Which old checkpoints are kept. Days are those of UTC, and a checkpoint's age counts from when it
 * was asked for.
 *
 * @param keepAllDays for so many days all of them, from 1
 * @param keepDailyDays for so many days, not fewer, the first and the last of each day and thread;
 *     after that the first of each thread
 */
public record ThinningPolicy(int keepAllDays, int keepDailyDays) {

    /** All for 30 days, and those of each day for a year. */
    public static final ThinningPolicy USUAL = new ThinningPolicy(30, 365);

    /** {@return what it says, as the rest of a sentence} */
    public String sentence() {
        return "all checkpoints are kept for "
                + days(keepAllDays)
                + ", then the first and the last of each day for "
                + days(keepDailyDays)
                + ", then the first of each thread";
    }

    private static String days(int days) {
        return days == 1 ? "a day" : days + " days";
    }
}
