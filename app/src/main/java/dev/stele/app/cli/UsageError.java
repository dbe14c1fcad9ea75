package dev.stele.app.cli;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with what was typed, as a sentence that also says what would be right. */
final class UsageError {

    private static final int SHOWN = 100;
    private static final Set<Class<?>> NUMBERS =
            Set.of(int.class, Integer.class, long.class, Long.class);

    private UsageError() {}

    static String of(ParameterException problem) {
        CommandSpec command = problem.getCommandLine().getCommandSpec();
        if (problem instanceof UnmatchedArgumentException unknown
                && !unknown.getUnmatched().isEmpty()) {
            return unknown(unknown, command);
        }
        if (problem instanceof MissingParameterException missing) {
            return missing.getMissing().stream()
                    .map(UsageError::missing)
                    .collect(Collectors.joining(" "));
        }
        ArgSpec argument = problem.getArgSpec();
        String wrong =
                argument == null || problem.getValue() == null
                        ? null
                        : wrong(argument, problem.getValue());
        return wrong == null ? String.valueOf(problem.getMessage()) : wrong;
    }

    private static String unknown(UnmatchedArgumentException problem, CommandSpec command) {
        String word = problem.getUnmatched().getFirst();
        String shown = "'" + SafeText.line(word, SHOWN) + "'";
        if (problem.isUnknownOption()) {
            List<String> near =
                    Mistyped.near(
                            word.replaceFirst("=.*", ""),
                            command.options().stream().flatMap(o -> Stream.of(o.names())));
            return "There is no option " + shown + "." + Mistyped.question(near);
        }
        if (command.subcommands().isEmpty()) {
            return shown
                    + " is one word too many for '"
                    + command.qualifiedName()
                    + "'. Put words that belong together between quotes.";
        }
        return noCommand(command, word);
    }

    /** There is no command of that name below another. */
    static String noCommand(CommandSpec above, String word) {
        return "There is no command '"
                + (above.parent() == null
                        ? ""
                        : above.qualifiedName().replaceFirst("\\S+ ", "") + " ")
                + SafeText.line(word, SHOWN)
                + "'."
                + Mistyped.question(Mistyped.commands(above, word));
    }

    private static String missing(ArgSpec argument) {
        String what = " (" + Summary.of(argument.description()) + ")";
        if (argument instanceof OptionSpec option) {
            String name = option.longestName();
            return option.required()
                    ? name + " " + option.paramLabel() + " is missing" + what + "."
                    : name + " needs " + option.paramLabel() + what + ".";
        }
        return argument.paramLabel() + " is missing" + what + ".";
    }

    /** What a value should be; null where its own kind says so. */
    private static @Nullable String wrong(ArgSpec argument, String value) {
        String name =
                argument instanceof OptionSpec option
                        ? option.longestName()
                        : "The " + argument.paramLabel();
        String shown = "'" + SafeText.line(value, SHOWN) + "'";
        Object[] constants = argument.type().getEnumConstants();
        if (constants != null) {
            String known =
                    Stream.of(constants)
                            .map(one -> one.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
                            .collect(Collectors.joining(", "));
            return name + " is one of " + known + ", and not " + shown + ".";
        }
        return NUMBERS.contains(argument.type())
                ? name + " is a whole number, and not " + shown + "."
                : null;
    }
}
