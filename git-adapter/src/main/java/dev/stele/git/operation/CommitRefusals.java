package dev.stele.git.operation;

import dev.stele.git.program.GitRun;
import dev.stele.git.repository.GitFailure;
import java.util.regex.Pattern;

/** Why git made no commit, in sentences. */
final class CommitRefusals {

    private static final Pattern NOBODY =
            Pattern.compile(
                    "Please tell me who you are|empty ident name|no (email|name) was given"
                            + "|unable to auto-detect email address|identity unknown");
    private static final Pattern UNSIGNED =
            Pattern.compile(
                    "failed to sign|signing failed|No secret key|No private key"
                            + "|[Cc]ouldn't load public key|[Ll]oad key|user\\.signingkey"
                            + "|cannot run gpg|gpg: ");

    private CommitRefusals() {}

    static GitFailure explain(GitRun run) {
        String said = run.explanation();
        if (NOBODY.matcher(run.errors()).find()) {
            return new GitFailure(
                    "Git does not know who commits; set 'git config user.name' and 'git config"
                            + " user.email': "
                            + said);
        }
        if (UNSIGNED.matcher(run.errors()).find()) {
            return new GitFailure(
                    "The commit could not be signed; see to it that 'git commit' signs without"
                            + " asking, or turn commit.gpgSign off: "
                            + said);
        }
        return new GitFailure("Git refused the commit: " + said);
    }
}
