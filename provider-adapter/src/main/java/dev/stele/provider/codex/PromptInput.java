package dev.stele.provider.codex;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ProviderError;
import dev.stele.provider.process.ProviderFailure;
import dev.stele.provider.rpc.Json;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Puts prompts into the form that codex takes. */
final class PromptInput {

    private PromptInput() {}

    /**
     * The prompt as input of a turn.
     *
     * @param prompt what is said
     * @throws ProviderFailure when it holds something that codex does not take
     */
    static ArrayNode of(List<MessageContent> prompt) throws ProviderFailure {
        ArrayNode input = Json.array();
        for (MessageContent content : prompt) {
            input.add(item(content));
        }
        return input;
    }

    private static ObjectNode item(MessageContent content) throws ProviderFailure {
        return switch (content) {
            case MessageContent.Text(var text) -> text(text);
            case MessageContent.Image(var type, var data, _) ->
                    Json.object()
                            .put("type", "image")
                            .put("url", "data:" + type + ";base64," + data);
            case MessageContent.Resource(var uri, _, var text, _) when text != null ->
                    text(uri + ":\n" + text);
            case MessageContent.ResourceLink(var uri, var name, _) -> text(name + ": " + uri);
            case MessageContent.Resource _ ->
                    throw refused("This agent takes no resources that are not text");
            case MessageContent.ThinkingBlock _,
                    MessageContent.ToolCall _,
                    MessageContent.ToolResult _ ->
                    throw refused(
                            "The prompt holds something other than text, images and resources");
        };
    }

    private static ObjectNode text(String text) {
        return Json.object().put("type", "text").put("text", text);
    }

    private static ProviderFailure refused(String why) {
        return new ProviderFailure(
                ProviderError.of(
                        ProviderError.Scope.TURN,
                        ProviderError.Kind.BAD_REQUEST,
                        why + "; leave it out and send the prompt again."));
    }
}
