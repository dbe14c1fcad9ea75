package dev.stele.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** A command's page in the language of {@code man} (man(7)), made of what {@code --help} knows. */
final class ManualPage {

    private static final Map<String, String> ENVIRONMENT =
            Map.of(
                    "STELE_HOME",
                    "The data directory, where none is given.",
                    "STELE_STORE",
                    "The address of the database that holds the log, where it is not a file.",
                    "PGPASSWORD",
                    "The password of that database.",
                    "NO_COLOR",
                    "When set, nothing is coloured.",
                    "COLUMNS",
                    "How wide the terminal is, where it does not tell.",
                    "STELE_DEBUG",
                    "When set, a defect is shown with the place where it happened.");

    private final CommandSpec spec;
    private final List<String> lines = new ArrayList<>();

    private ManualPage(CommandSpec spec) {
        this.spec = spec;
    }

    /** The page of a command. */
    static String of(CommandSpec spec) {
        var page = new ManualPage(spec);
        page.write();
        return String.join("\n", page.lines) + "\n";
    }

    /** The page's name: the words of the command with dashes between them. */
    static String name(CommandSpec spec) {
        return spec.qualifiedName("-");
    }

    private void write() {
        UsageMessageSpec usage = spec.usageMessage();
        lines.add(
                ".TH \"%s\" 1 \"\" \"Stele\" \"\"".formatted(name(spec).toUpperCase(Locale.ROOT)));
        section("NAME");
        lines.add(text(name(spec) + " - " + Summary.of(spec)));
        section("SYNOPSIS");
        synopsis();
        section("DESCRIPTION");
        paragraphs(usage.description().length == 0 ? usage.header() : usage.description());
        commands();
        options();
        if (!usage.exitCodeList().isEmpty()) {
            section("EXIT STATUS");
            usage.exitCodeList().forEach((code, meaning) -> item(code.strip(), meaning));
        }
        if (spec.parent() == null) {
            environment();
        }
        if (usage.footer().length > 0) {
            section(title(usage.footerHeading()));
            verbatim(usage.footer());
        }
        seeAlso();
    }

    private void synopsis() {
        String synopsis = new Help(spec, Help.defaultColorScheme(Help.Ansi.OFF)).synopsis(0);
        verbatim(synopsis.stripTrailing().split("\n", -1));
    }

    private void commands() {
        if (!spec.subcommands().isEmpty()) {
            section("COMMANDS");
            spec.subcommands()
                    .forEach((name, command) -> item(name, Summary.of(command.getCommandSpec())));
        }
    }

    private void options() {
        List<ArgSpec> all = new ArrayList<>(spec.positionalParameters());
        spec.options().stream()
                .filter(option -> !option.hidden() && !option.inherited())
                .forEach(all::add);
        if (!all.isEmpty()) {
            section("OPTIONS");
            all.forEach(option -> item(names(option), String.join(" ", option.description())));
        }
    }

    private static String names(ArgSpec argument) {
        return switch (argument) {
            case OptionSpec option when option.arity().max() > 0 ->
                    String.join(", ", option.names()) + " " + option.paramLabel();
            case OptionSpec option -> String.join(", ", option.names());
            case PositionalParamSpec positional -> positional.paramLabel();
            default -> argument.paramLabel(); // picocli has no third kind
        };
    }

    private void environment() {
        section("ENVIRONMENT");
        ENVIRONMENT.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> item(entry.getKey(), entry.getValue()));
    }

    private void seeAlso() {
        var pages = new ArrayList<String>();
        if (spec.parent() != null) {
            pages.add(name(spec.parent()));
        }
        for (CommandLine command : spec.subcommands().values()) {
            pages.add(name(command.getCommandSpec()));
        }
        if (!pages.isEmpty()) {
            section("SEE ALSO");
            for (int i = 0; i < pages.size(); i++) {
                String comma = i < pages.size() - 1 ? "," : "";
                lines.add(".BR " + text(pages.get(i)) + " (1)" + comma);
            }
        }
    }

    private static String title(String heading) {
        String title = heading.replace("%n", "").strip().replaceAll(":$", "");
        return title.isEmpty() ? "NOTES" : title.toUpperCase(Locale.ROOT);
    }

    private void section(String title) {
        lines.add(".SH " + title);
    }

    private void paragraphs(String[] sentences) {
        lines.add(text(String.join(" ", sentences)));
    }

    private void item(String name, String meaning) {
        lines.add(".TP");
        lines.add(".B " + text(name));
        lines.add(text(meaning));
    }

    private void verbatim(String[] text) {
        lines.add(".nf");
        for (String line : text) {
            lines.add(text(line.stripTrailing()));
        }
        lines.add(".fi");
    }

    /** Text in which nothing is an instruction. */
    private static String text(String plain) {
        String safe = plain.replace("\\", "\\e").replace("-", "\\-").replace("%n", "\n");
        return safe.replaceAll("(?m)^([.'])", "\\\\&$1");
    }
}
