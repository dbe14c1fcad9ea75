package dev.stele.provider.process;

import dev.stele.contracts.Characters;
import java.util.ArrayList;
import java.util.List;

/**
 * A command line split into words as a shell splits it, without running one: nothing is expanded.
 * Words are parted by white space; single quotes keep everything, double quotes everything but a
 * backslash before {@code "} or {@code \}; outside quotes a backslash keeps the next character.
 */
public final class CommandLine {
    private final String text;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private int at;

    private CommandLine(String text) {
        this.text = text;
    }

    /**
     * The words of a command line, at least one.
     *
     * @param text the command line
     * @throws ProviderFailure when it is blank or a quote is left open
     */
    public static List<String> split(String text) throws ProviderFailure {
        return new CommandLine(text).split();
    }

    private List<String> split() throws ProviderFailure {
        while (at < text.length()) {
            char c = text.charAt(at++);
            switch (c) {
                case '\'' -> singleQuoted();
                case '"' -> doubleQuoted();
                case '\\' -> append(next("ends with a backslash"));
                case ' ', '\t', '\n', '\r' -> endWord();
                default -> append(c);
            }
        }
        endWord();
        if (words.isEmpty() || words.getFirst().isEmpty()) {
            throw refused("names no program");
        }
        return List.copyOf(words);
    }

    private void singleQuoted() throws ProviderFailure {
        inWord = true;
        for (char c = next(OPEN_QUOTE); c != '\''; c = next(OPEN_QUOTE)) {
            append(c);
        }
    }

    private void doubleQuoted() throws ProviderFailure {
        inWord = true;
        for (char c = next(OPEN_QUOTE); c != '"'; c = next(OPEN_QUOTE)) {
            if (c == '\\' && at < text.length() && "\"\\".indexOf(text.charAt(at)) >= 0) {
                c = next(OPEN_QUOTE);
            }
            append(c);
        }
    }

    private static final String OPEN_QUOTE = "leaves a quote open";

    private char next(String otherwise) throws ProviderFailure {
        if (at >= text.length()) {
            throw refused(otherwise);
        }
        return text.charAt(at++);
    }

    private void append(char c) {
        inWord = true;
        word.append(c);
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
    }

    private ProviderFailure refused(String why) {
        return ProviderFailure.start(
                "The agent's command line %s %s; correct the thread's agent."
                        .formatted(Characters.quoted(text), why));
    }
}
