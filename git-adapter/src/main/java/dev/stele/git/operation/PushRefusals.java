package dev.stele.git.operation;

import dev.stele.git.program.GitRun;
import dev.stele.git.repository.GitFailure;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why a push did not work, in sentences. */
final class PushRefusals {

    /** What git says of a branch that the remote, or git itself, has refused. */
    private static final Pattern REFUSED = Pattern.compile("\\[(remote )?rejected\\] \\((.*)\\)");

    /** What git says last when a hook of the user's did not want the push. */
    private static final Pattern NOT_PUSHED =
            Pattern.compile("(?m)^error: failed to push some refs to ");

    private static final Pattern NO_LOGIN =
            Pattern.compile(
                    "Authentication failed|could not read (Username|Password)|Permission denied \\("
                            + "|terminal prompts disabled|Invalid username or password"
                            + "|HTTP 401|returned error: 401|invalid credentials");

    /**
     * What git or a remote says, and what it means. The first that is found counts.
     *
     * @param said words of git
     * @param meaning the beginning of a sentence, for the names of branch and remote
     */
    private record Reason(Pattern said, String meaning) {
        static Reason of(String said, String meaning) {
            return new Reason(Pattern.compile(said), meaning);
        }
    }

    /** What needs no more words than our own. */
    private static final List<Reason> PLAIN =
            List.of(
                    Reason.of(
                            "\\(stale info\\)",
                            "The branch %1$s of the remote %2$s is not at the commit that the lease"
                                    + " names any more; fetch, look at what is new, and push with a"
                                    + " new lease."),
                    Reason.of(
                            "\\[remote rejected\\] \\(non-fast-forward\\)",
                            "The remote %2$s lets no branch lose commits, not even with a lease;"
                                    + " pull what the branch %1$s has there first, or push to"
                                    + " another branch."),
                    Reason.of(
                            "\\[remote rejected\\] \\(branch is currently checked out\\)",
                            "The branch %1$s is checked out in the remote %2$s, which has a working"
                                    + " tree of its own; push to another branch, or check out"
                                    + " another one there."),
                    Reason.of(
                            "\\(non-fast-forward\\)|\\(fetch first\\)",
                            "The branch %1$s of the remote %2$s has commits that would be lost; pull"
                                    + " them first, or push with a lease."),
                    Reason.of(
                            "Host key verification failed",
                            "Ssh does not know the host of the remote %2$s, or its key has changed;"
                                    + " connect to it once with 'ssh' and look at the key."));

    /** What is better told with git's own words behind it. */
    private static final List<Reason> TOLD =
            List.of(
                    Reason.of(
                            "No space left on device|Disk quota exceeded",
                            "The remote %2$s has no room for what was pushed"),
                    Reason.of(
                            "insufficient permission|Read-only file system"
                                    + "|unable to create temporary",
                            "The remote %2$s may not be written to"),
                    Reason.of(
                            "Permission to \\S+ denied|HTTP 403|returned error: 403"
                                    + "|not allowed to push|You are not allowed",
                            "You may not push to the remote %2$s; ask for the right to, or push"
                                    + " elsewhere"),
                    new Reason(
                            NO_LOGIN,
                            "Git could not log in to the remote %2$s; see to it that 'git push'"
                                    + " works without asking, with a credential helper or an ssh"
                                    + " agent"),
                    Reason.of(
                            "Could not resolve host",
                            "The host of the remote %2$s is not known, so it could not be reached;"
                                    + " check its address and the network"),
                    Reason.of(
                            "Connection (refused|timed out|reset)|unable to access|No route to host"
                                    + "|does not appear to be a git repository"
                                    + "|Could not read from remote|[Rr]epository not found"
                                    + "|repository '.*' not found|unable to find remote helper"
                                    + "|Network is unreachable|returned error: 404",
                            "The remote %2$s could not be reached; check its address and the"
                                    + " network"));

    private PushRefusals() {}

    /** Whether a push that failed has not reached the remote's branch for sure. */
    static boolean isCertain(GitRun run) {
        return REFUSED.matcher(run.text()).find()
                || NO_LOGIN.matcher(run.errors()).find()
                || isByOwnHook(run);
    }

    /** Git has told nothing of the branch, and has not died of anything. */
    private static boolean isByOwnHook(GitRun run) {
        return run.code() == 1 && run.text().isBlank() && NOT_PUSHED.matcher(run.errors()).find();
    }

    static GitFailure explain(PushRequest request, GitRun run) {
        String told = run.text() + "\n" + run.errors();
        for (Reason reason : PLAIN) {
            if (reason.said().matcher(told).find()) {
                return new GitFailure(sentence(reason, request));
            }
        }
        for (Reason reason : TOLD) {
            if (reason.said().matcher(told).find()) {
                return new GitFailure(sentence(reason, request) + ": " + run.explanation());
            }
        }
        Matcher refused = REFUSED.matcher(run.text());
        if (refused.find()) {
            return refused(refused, request, run);
        }
        return isByOwnHook(run)
                ? new GitFailure("Your hook pre-push refused the push: " + run.explanation())
                : new GitFailure("The push failed: " + run.explanation());
    }

    private static GitFailure refused(Matcher refused, PushRequest request, GitRun run) {
        String who = refused.group(1) == null ? "Git" : "The remote " + request.remote();
        return new GitFailure(
                who + " refused the push (" + refused.group(2) + "): " + run.explanation());
    }

    private static String sentence(Reason reason, PushRequest request) {
        return reason.meaning().formatted(request.branch(), request.remote());
    }
}
