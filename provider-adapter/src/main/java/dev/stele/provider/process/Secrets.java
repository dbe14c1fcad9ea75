package dev.stele.provider.process;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Takes secrets out of texts that people or files get to see: the values of this process's
 * environment variables whose names tell that they are secret, and what looks like a key or token
 * of the usual kinds. Thread-safe.
 */
public final class Secrets {
    /** What stands in the place of a secret. */
    public static final String REMOVED = "[removed]";

    private static final int SHORTEST = 6;
    private static final int SHORTEST_KEY = 8;
    private static final int LONGEST_WORD = 15;
    private static final Pattern SECRET_NAME =
            Pattern.compile(
                    "(^|_|PG)(API_?KEY|KEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIALS?)(_|$)");
    private static final Pattern LOOKS_SECRET =
            Pattern.compile(
                    "\\b(sk-[A-Za-z0-9_-]{16,}"
                            + "|gh[opsur]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}"
                            + "|AIza[A-Za-z0-9_-]{30,}|xox[abprs]-[A-Za-z0-9-]{10,}"
                            + "|AKIA[A-Z0-9]{16}"
                            + "|eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{5,})"
                            + "|(?i:(?<=bearer )[A-Za-z0-9._~+/=-]{12,})");

    /** What must not be seen, longest first, so that none hides another. */
    private static final List<String> OF_THIS_PROCESS = secretValues(System.getenv());

    private static final List<String> KEYS = keys(OF_THIS_PROCESS);

    private Secrets() {}

    /**
     * The text without secrets.
     *
     * @param text any text
     */
    public static String removedFrom(String text) {
        return removedFrom(text, OF_THIS_PROCESS);
    }

    /**
     * The text without the keys of this process's environment: of its secrets those that cannot be
     * taken for a word or a number.
     *
     * @param text any text
     */
    public static String keysRemovedFrom(String text) {
        String clean = text;
        for (String key : KEYS) {
            clean = clean.replace(key, REMOVED);
        }
        return clean;
    }

    /** Those of the secrets that are no words: long ones, or of letters and something else. */
    static List<String> keys(List<String> secrets) {
        return secrets.stream()
                .filter(secret -> secret.length() >= SHORTEST_KEY)
                .filter(secret -> secret.length() > LONGEST_WORD || isMixed(secret))
                .toList();
    }

    private static boolean isMixed(String secret) {
        return secret.chars().anyMatch(Character::isLetter)
                && !secret.chars().allMatch(Character::isLetter);
    }

    /**
     * The text without these secrets, and without what looks like one.
     *
     * @param text any text
     * @param secrets what must not be seen
     */
    static String removedFrom(String text, List<String> secrets) {
        return LOOKS_SECRET.matcher(without(text, secrets)).replaceAll(REMOVED);
    }

    private static String without(String text, List<String> secrets) {
        String clean = text;
        for (String secret : secrets) {
            clean = clean.replace(secret, REMOVED);
        }
        return clean;
    }

    /**
     * The secret values of an environment, longest first.
     *
     * @param environment values by name
     */
    static List<String> secretValues(Map<String, String> environment) {
        return environment.entrySet().stream()
                .filter(entry -> entry.getValue().length() >= SHORTEST)
                .filter(entry ->
                        SECRET_NAME.matcher(entry.getKey().toUpperCase(Locale.ROOT)).find())
                .map(Map.Entry::getValue)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }
}
