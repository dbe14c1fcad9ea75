package dev.stele.app.cli;

import dev.stele.app.Stele;
import dev.stele.app.approval.ApprovalPolicy;
import dev.stele.app.config.SteleHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code stele demo}: a day's work in half a minute, in a repository made for it. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Shows a day's work in a throw-away repository: a turn of an agent, what it changed,"
                    + " back and forth again, a commit, the log.",
            "The agent is a scripted one, so no model and no account is needed."
        })
final class DemoCommand implements Callable<Integer> {

    @ParentCommand private @Nullable SteleCommand parent;

    @Override
    public Integer call() throws InterruptedException {
        boolean json = Objects.requireNonNull(parent).json();
        Console console = Objects.requireNonNull(parent).console();
        Path place = place();
        var home = new SteleHome(place.resolve("home"));
        console.note("A throw-away git repository: " + DemoRepository.in(place));
        try (Stele stele =
                Stele.builder().home(home).approvals(ApprovalPolicy.Standard.ALL).open()) {
            ExitCode code = new DemoTour(stele, console, json, place).run();
            next(console, home, place);
            return code.code();
        }
    }

    private static Path place() {
        try {
            Path place = Files.createTempDirectory("stele-demo-").toRealPath();
            DemoRepository.create(place);
            return place;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The demo needs a directory to work in, and none can be made: " + e, e);
        }
    }

    private static void next(Console console, SteleHome home, Path place) {
        console.note("");
        console.note(console.styled(Style.BOLD, "Look around in it:"));
        console.note("   ./stele --home " + home.root() + " show");
        console.note("   git -C " + DemoRepository.in(place) + " log -p");
        console.note("");
        console.note(
                console.styled(Style.BOLD, "On your own repository, with an agent of your own:"));
        console.note("   cd your/repository");
        console.note("   stele run --agent \"npx @google/gemini-cli --acp\" \"Explain this.\"");
        console.note("   stele run --help");
        console.note("");
        console.note("All of the demo is in " + place + "; delete it freely.");
    }
}
