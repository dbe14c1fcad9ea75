package dev.stele.provider.codex;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import dev.stele.domain.port.AgentDirectory;
import dev.stele.domain.port.AgentDirectory.Answer;
import dev.stele.provider.ProviderConfig;
import dev.stele.provider.ProviderModule;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A codex that nobody is logged in to opens threads all the same, and fails in their turns. */
@Timeout(120)
class CodexLoginTest {
    @TempDir Path folder;

    private Answer ask(String conduct) throws InterruptedException {
        var module = new ProviderModule(ProviderConfig.usual(folder.resolve("agents")));
        return Guice.createInjector(module)
                .getInstance(AgentDirectory.class)
                .ask(CodexPlayer.commandLine(conduct));
    }

    @Test
    void a_missing_login_is_told_before_the_first_turn() throws Exception {
        assertThat(ask("LOGGED_OUT"))
                .isInstanceOfSatisfying(
                        Answer.LoginMissing.class,
                        answer ->
                                assertThat(answer.message())
                                        .contains("wants a login: nobody is logged in"));
    }

    @Test
    void one_that_wants_no_login_is_ready() throws Exception {
        assertThat(ask("SPEAKS")).isEqualTo(new Answer.Ready("1.2.3"));
    }
}
