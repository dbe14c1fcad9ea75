package dev.stele.git.operation;

import dev.stele.git.program.GitRun;
import dev.stele.git.repository.GitFailure;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why a push did not work, in sentences. */
final class PushRefusals {

    private static final Pattern BY_THE_REMOTE =
            Pattern.compile("\\[remote rejected\\] \\((.*)\\)");
    private static final Pattern NO_LOGIN =
            Pattern.compile(
                    "Authentication failed|could not read (Username|Password)|Permission denied"
                            + "|terminal prompts disabled|Host key verification failed"
                            + "|Invalid username or password|HTTP 40[13]|returned error: 40[13]");
    private static final Pattern OUT_OF_REACH =
            Pattern.compile(
                    "Could not resolve host|Connection (refused|timed out|reset)|unable to access"
                            + "|does not appear to be a git repository|Could not read from remote"
                            + "|No route to host|Repository not found|unable to find remote helper");

    /** What git says of a branch that the remote, or git itself, has refused. */
    private static final Pattern REFUSED = Pattern.compile("\\[(remote )?rejected\\]");

    private PushRefusals() {}

    /** Whether a push that failed has not reached the remote's branch for sure. */
    static boolean isCertain(GitRun run) {
        return REFUSED.matcher(run.text()).find() || NO_LOGIN.matcher(run.errors()).find();
    }

    static GitFailure explain(PushRequest request, GitRun run) {
        String told = run.text() + "\n" + run.errors();
        Matcher byTheRemote = BY_THE_REMOTE.matcher(told);
        if (told.contains("(stale info)")) {
            return failure(
                    "The branch %s of the remote %s is not at the commit that the lease names any"
                            + " more; fetch, look at what is new, and push with a new lease.",
                    request);
        }
        if (told.contains("(non-fast-forward)") || told.contains("(fetch first)")) {
            return failure(
                    "The branch %s of the remote %s has commits that would be lost; pull them"
                            + " first, or push with a lease.",
                    request);
        }
        if (byTheRemote.find()) {
            return new GitFailure(
                    "The remote "
                            + request.remote()
                            + " refused the push ("
                            + byTheRemote.group(1)
                            + "): "
                            + run.explanation());
        }
        if (NO_LOGIN.matcher(told).find()) {
            return new GitFailure(
                    "Git could not log in to the remote "
                            + request.remote()
                            + "; see to it that 'git push' works without asking, with a credential"
                            + " helper or an ssh agent: "
                            + run.explanation());
        }
        if (OUT_OF_REACH.matcher(told).find()) {
            return new GitFailure(
                    "The remote "
                            + request.remote()
                            + " could not be reached; check its address and the network: "
                            + run.explanation());
        }
        return new GitFailure("The push failed: " + run.explanation());
    }

    private static GitFailure failure(String sentence, PushRequest request) {
        return new GitFailure(sentence.formatted(request.branch(), request.remote()));
    }
}
