package dev.stele.app.embedding;

// region one-turn
import dev.stele.app.Stele;
import dev.stele.app.TurnResult;
import dev.stele.app.approval.ApprovalPolicy;
import java.nio.file.Path;

/** Lets an agent do one thing in a repository, and tells what came of it. */
public final class OneTurn {
    /** Arguments: the repository, the agent's name or command line, the prompt. */
    public static void main(String[] arguments) throws InterruptedException {
        Path repository = Path.of(arguments[0]);
        try (Stele stele = Stele.builder().approvals(ApprovalPolicy.Standard.ALL).open()) {
            TurnResult result = stele.run(repository, arguments[1], arguments[2]);
            System.out.println(result.isCompleted() ? result.text() : result.state());
            System.out.println("Before: " + result.before().state());
            System.out.println("After:  " + result.after().state());
        }
    }

    // endregion one-turn

    private OneTurn() {}
}
