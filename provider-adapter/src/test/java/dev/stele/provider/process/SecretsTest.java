package dev.stele.provider.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    @Test
    void values_of_variables_whose_names_are_secret_are_removed() {
        List<String> secrets =
                Secrets.secretValues(
                        Map.of(
                                "MODEL_API_KEY", "abcdef",
                                "GITHUB_TOKEN", "abcdefghi",
                                "DB_PASSWORD", "short",
                                "PGPASSWORD", "a0123456789abcdefghi",
                                "MONKEY", "banana split",
                                "HOME", "/home/user"));

        assertThat(secrets).containsExactly("a0123456789abcdefghi", "abcdefghi", "abcdef");
        assertThat(Secrets.keys(secrets)).containsExactly("a0123456789abcdefghi");
        assertThat(Secrets.removedFrom("abcdefghi, abcdef and banana split", secrets))
                .isEqualTo("[removed], [removed] and banana split");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-test-abcdefghij0123456789",
                "ghp_abcdefghijklmnopqrstuvwxyz0123",
                "AIzaSyA1234567890abcdefghijklmnopqrstuv",
                "Bearer abcdefghijklmnop.qrst",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmN"
            })
    void what_looks_like_a_key_is_removed(String secret) {
        assertThat(Secrets.removedFrom("key=" + secret + "!", List.of()))
                .contains("[removed]!")
                .doesNotContain(secret.substring(secret.length() - 12));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the bearer of news",
                "sk-short",
                "a task-list",
                "0123456789abcdef0123456789"
            })
    void ordinary_words_stay(String words) {
        assertThat(Secrets.removedFrom(words, List.of())).isEqualTo(words);
    }
}
