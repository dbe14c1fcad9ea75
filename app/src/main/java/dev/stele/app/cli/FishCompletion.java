package dev.stele.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ScopeType;

/** The script by which fish completes: a line for each command and each of its options. */
final class FishCompletion {

    private final String program;
    private final List<String> lines = new ArrayList<>();

    private FishCompletion(String program) {
        this.program = program;
    }

    static String of(CommandSpec root) {
        var script = new FishCompletion(root.name());
        script.lines.add("complete -c " + root.name() + " -f");
        script.command(root, List.of());
        return String.join("\n", script.lines);
    }

    private void command(CommandSpec spec, List<String> words) {
        String here = condition(spec, words);
        for (CommandLine below : spec.subcommands().values()) {
            CommandSpec command = below.getCommandSpec();
            lines.add(line(here, "-f -a " + command.name(), Summary.of(command)));
        }
        for (OptionSpec option : spec.options()) {
            if (!option.hidden() && (words.isEmpty() || !option.inherited())) {
                String where = option.scopeType() == ScopeType.INHERIT ? "" : here;
                lines.add(line(where, names(option), Summary.of(option.description())));
            }
        }
        for (PositionalParamSpec word : spec.positionalParameters()) {
            String offered = offered(word);
            if (!offered.isEmpty()) {
                lines.add(line(here, offered, Summary.of(word.description())));
            }
        }
        for (CommandLine below : spec.subcommands().values()) {
            var more = new ArrayList<>(words);
            more.add(below.getCommandName());
            command(below.getCommandSpec(), more);
        }
    }

    /** Where the line holds: these words are there, and none of the commands below. */
    private static String condition(CommandSpec spec, List<String> words) {
        var parts = new ArrayList<String>();
        words.forEach(word -> parts.add("__fish_seen_subcommand_from " + word));
        if (!spec.subcommands().isEmpty()) {
            parts.add(
                    "not __fish_seen_subcommand_from "
                            + String.join(" ", spec.subcommands().keySet()));
        }
        return String.join("; and ", parts);
    }

    private String line(String condition, String what, String description) {
        String when = condition.isEmpty() ? "" : " -n '" + condition + "'";
        return "complete -c " + program + when + " " + what + " -d '" + quoted(description) + "'";
    }

    private static String names(OptionSpec option) {
        var words = new ArrayList<String>();
        for (String name : option.names()) {
            words.add(
                    name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1));
        }
        if (option.arity().min() > 0) {
            words.add("-r");
            words.add(offered(option));
        }
        return String.join(" ", words).strip();
    }

    /** Words where there is a choice, files where one is wanted, else nothing. */
    private static String offered(ArgSpec argument) {
        if (argument.completionCandidates() != null) {
            return "-f -a '" + String.join(" ", argument.completionCandidates()) + "'";
        }
        boolean file = argument.type() == Path.class || argument.auxiliaryTypes()[0] == Path.class;
        return file ? "-F" : argument instanceof OptionSpec ? "-f" : "";
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("'", "\\'");
    }
}
