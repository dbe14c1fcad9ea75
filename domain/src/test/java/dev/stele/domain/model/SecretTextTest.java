package dev.stele.domain.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A text in the forms in which it may have come into a log. */
class SecretTextTest {

    private static final String WORD = "sk/live-\"a&b\"-\u00e9<4711>";

    private final SecretText secret = new SecretText(WORD);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk/live-\"a&b\"-\u00e9<4711>",
                "sk/live-\\\"a&b\\\"-\u00e9<4711>",
                "sk/live-\\\\\\\"a&b\\\\\\\"-\u00e9<4711>",
                "sk/live-\\\"a&b\\\"-\\u00e9<4711>",
                "sk/live-\\\"a&b\\\"-\\u00E9<4711>",
                "sk/live-\\\"a\\u0026b\\\"-\u00e9\\u003c4711\\u003e",
                "sk\\/live-\\\"a&b\\\"-\u00e9<4711>",
            })
    void it_is_found_as_programs_write_json(String form) {
        assertThat(secret.isIn("{\"key\":\"" + form + "\"}")).isTrue();
        assertThat(secret.masked("before " + form + " after")).isEqualTo("before [erased] after");
    }

    @Test
    void it_is_found_in_base64_wherever_it_stands_and_what_is_around_it_stays() {
        long seed = Long.getLong("stele.seed", 11);
        var random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            byte[] before = new byte[1 + random.nextInt(50)];
            byte[] after = new byte[1 + random.nextInt(50)];
            random.nextBytes(before);
            random.nextBytes(after);
            byte[] all = joined(before, WORD.getBytes(UTF_8), after);
            boolean forUrls = random.nextBoolean();
            String base64 =
                    (forUrls ? Base64.getUrlEncoder() : Base64.getEncoder()).encodeToString(all);

            String masked = secret.masked(base64);

            assertThat(secret.isIn(base64)).as("seed " + seed).isTrue();
            assertThat(secret.isIn(masked)).isFalse();
            assertThat(masked).hasSameSizeAs(base64).contains("erasederased");
            byte[] left = (forUrls ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(masked);
            assertThat(left).hasSameSizeAs(all).startsWith(before).endsWith(after);
            assertThat(new String(left, UTF_8)).doesNotContain("live", "4711");
        }
    }

    private static byte[] joined(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    @Test
    void it_is_found_in_base64_of_json() {
        String json = "{\"key\":\"sk/live-\\\"a&b\\\"-\u00e9<4711>\"}";

        assertThat(secret.isIn(Base64.getEncoder().encodeToString(json.getBytes(UTF_8)))).isTrue();
    }

    @Test
    void a_short_text_is_not_looked_for_in_base64_where_it_would_be_found_by_chance() {
        var five = new SecretText("12345");

        assertThat(five.forms()).containsExactly("12345");
        assertThat(five.isIn(Base64.getEncoder().encodeToString("12345".getBytes(UTF_8))))
                .isFalse();
        assertThat(new SecretText("123456").forms()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "      ", "erased"})
    void what_would_be_found_everywhere_is_refused(String text) {
        assertThatThrownBy(() -> new SecretText(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 4 characters");
    }

    @Test
    void it_does_not_tell_itself() {
        assertThat(secret).hasToString("[erased]");
    }
}
