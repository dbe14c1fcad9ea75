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
    private static final String REMOVED = "[removed]";
    private static final int SHORTEST = 6;
    private static final Pattern SECRET_NAME =
            Pattern.compile("(^|_)(API_?KEY|KEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIALS?)(_|$)");
    private static final Pattern LOOKS_SECRET =
            Pattern.compile(
                    "\\b(sk-[A-Za-z0-9_-]{16,}"
                            + "|gh[opsur]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}"
                            + "|AIza[A-Za-z0-9_-]{30,}|xox[abprs]-[A-Za-z0-9-]{10,}"
                            + "|AKIA[A-Z0-9]{16}"
                            + "|eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{5,})"
                            + "|(?i:(?<=bearer )[A-Za-z0-9._~+/=-]{12,})");

    /** Shorter ones may well be words that an agent says without meaning them. */
    private static final int SHORTEST_IN_CONTENT = 8;

    /** What must not be seen, longest first, so that none hides another. */
    private static final List<String> OF_THIS_PROCESS = secretValues(System.getenv());

    private static final List<String> IN_CONTENT =
            OF_THIS_PROCESS.stream()
                    .filter(secret -> secret.length() >= SHORTEST_IN_CONTENT)
                    .toList();

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
     * The text without the secrets of this process's environment that have eight characters or
     * more. What only looks like a secret stays: it may be what the text is about.
     *
     * @param text any text
     */
    public static String ofEnvironmentRemovedFrom(String text) {
        return without(text, IN_CONTENT);
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
