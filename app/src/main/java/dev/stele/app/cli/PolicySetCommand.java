package dev.stele.app.cli;

import dev.stele.app.Stele;
import dev.stele.contracts.ToolKind;
import dev.stele.domain.model.ActionPolicy;
import dev.stele.domain.model.ActionPolicy.Rule;
import dev.stele.domain.model.ActionPolicy.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code stele policy set}: says what agents may do without asking. */
@Command(
        name = "set",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Sets what agents may do without asking you, in place of what was set before.",
            "A rule is VERDICT:KIND[,KIND...][:PATH], and the first that fits decides:",
            "  VERDICT  ask, allow (this once), allow-thread (from now on), deny",
            "  KIND     any, read, edit, delete, move, search, execute, think, fetch, switch-mode",
            "  PATH     from the project's directory; * within a name, ** over folders, ? one sign",
            "Example: stele policy set 'deny:any:secrets/**' allow:edit:src/** allow-thread:read"
        })
final class PolicySetCommand implements Callable<Integer> {

    @ParentCommand private @Nullable PolicyCommand policy;
    @Spec private @Nullable CommandSpec spec;

    @Mixin private final PolicyOwner owner = new PolicyOwner();

    @Option(
            names = "--read-only",
            description = "Nothing may be changed, and no command be run, whatever the rules say.")
    private boolean readOnly;

    @Option(
            names = "--anywhere",
            description = {
                "Rules hold outside the project's directory, too. Without it nothing outside is"
                        + " allowed,",
                "and you are asked about what may touch anything, as commands may."
            })
    private boolean anywhere;

    @Parameters(arity = "0..*", paramLabel = "RULE", description = "The rules, in their order.")
    private List<String> rules = List.of();

    @Override
    public Integer call() {
        SteleCommand command = Objects.requireNonNull(Objects.requireNonNull(policy).parent());
        Console console = command.console();
        if (rules.isEmpty() && !readOnly && !anywhere) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "Say a rule, such as allow:edit:src/**, or --read-only. 'stele policy clear'"
                            + " takes back what was set.");
        }
        var wanted = new ActionPolicy(rules.stream().map(this::rule).toList(), readOnly, !anywhere);
        try (Stele stele = command.builder().onReplay(new ReplayProgress(console)).open()) {
            owner.set(stele, wanted);
            var archive = new Archive(stele, stele.codec(), stele.changes(), () -> {});
            PolicyShowCommand.print(owner, archive, console, command.json());
        }
        return ExitCode.OK.code();
    }

    private Rule rule(String text) {
        String[] parts = text.split(":", 3);
        if (parts.length < 2) {
            throw usage(text, "it has no kind; write VERDICT:KIND, and any for all kinds");
        }
        String path = parts.length == 3 ? parts[2] : null;
        return new Rule(verdict(text, parts[0]), kinds(text, parts[1]), path);
    }

    private Verdict verdict(String rule, String word) {
        for (Verdict verdict : Verdict.values()) {
            if (verdict.word().equals(word)) {
                return verdict;
            }
        }
        String known = Stream.of(Verdict.values()).map(Verdict::word).collect(joining());
        throw usage(rule, "its verdict is none of " + known);
    }

    private List<ToolKind> kinds(String rule, String words) {
        return words.equals("any")
                ? List.of()
                : Arrays.stream(words.split(",", -1)).map(word -> kind(rule, word)).toList();
    }

    private ToolKind kind(String rule, String word) {
        for (ToolKind kind : ToolKind.values()) {
            if (word(kind).equals(word)) {
                return kind;
            }
        }
        String known = Stream.of(ToolKind.values()).map(PolicySetCommand::word).collect(joining());
        throw usage(rule, "a kind of it is none of any, " + known);
    }

    private static String word(ToolKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Collector<CharSequence, ?, String> joining() {
        return Collectors.joining(", ");
    }

    private ParameterException usage(String rule, String why) {
        return new ParameterException(
                Objects.requireNonNull(spec).commandLine(),
                "The rule '" + SafeText.line(rule, 100) + "' cannot be used: " + why + ".");
    }
}
