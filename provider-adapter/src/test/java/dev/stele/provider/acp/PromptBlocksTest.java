package dev.stele.provider.acp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.contracts.MessageContent;
import dev.stele.provider.process.ProviderFailure;
import dev.stele.provider.rpc.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an agent gets that takes nothing but text. What others get, the schema test shows. */
class PromptBlocksTest {
    private final PromptBlocks textOnly = new PromptBlocks(Json.object());

    @Test
    void a_text_resource_is_put_into_words() throws ProviderFailure {
        assertThat(
                        Json.write(
                                textOnly.of(
                                        List.of(
                                                new MessageContent.Resource(
                                                        "file:///a", null, "b", null)))))
                .isEqualTo("[{\"type\":\"text\",\"text\":\"file:///a:\\nb\"}]");
    }

    @Test
    void a_picture_is_refused_in_words() {
        assertThatThrownBy(() ->
                        textOnly.of(List.of(new MessageContent.Image("image/png", "AA==", null))))
                .isInstanceOf(ProviderFailure.class)
                .hasMessage("This agent takes no images; leave it out and send the prompt again.");
    }

    @Test
    void bytes_are_refused_in_words() {
        assertThatThrownBy(() ->
                        textOnly.of(
                                List.of(
                                        new MessageContent.Resource(
                                                "file:///a", null, null, "AA=="))))
                .hasMessageContaining("takes no resources that are not text");
    }
}
