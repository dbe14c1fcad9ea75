package dev.stele.provider.acp;

import dev.stele.contracts.MessageContent;
import dev.stele.contracts.ProviderError;
import dev.stele.provider.process.ProviderFailure;
import dev.stele.provider.rpc.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes prompts as the protocol's content blocks, of the kinds that the agent takes. */
final class PromptBlocks {
    private final boolean takesImages;
    private final boolean takesResources;

    /**
     * For an agent.
     *
     * @param initialized what it told of itself at the start
     */
    PromptBlocks(JsonNode initialized) {
        JsonNode takes = Json.below(initialized, "agentCapabilities", "promptCapabilities");
        takesImages = takes.path("image").asBoolean(false);
        takesResources = takes.path("embeddedContext").asBoolean(false);
    }

    /**
     * A prompt's blocks.
     *
     * @param prompt what is said
     * @throws ProviderFailure when the agent does not take it
     */
    ArrayNode of(List<MessageContent> prompt) throws ProviderFailure {
        ArrayNode blocks = Json.array();
        for (MessageContent content : prompt) {
            blocks.add(block(content));
        }
        return blocks;
    }

    private ObjectNode block(MessageContent content) throws ProviderFailure {
        return switch (content) {
            case MessageContent.Text(var text) -> text(text);
            case MessageContent.Image image -> image(image);
            case MessageContent.Resource resource -> resource(resource);
            case MessageContent.ResourceLink(var uri, var name, var type) ->
                    optional(
                            typed("resource_link").put("uri", uri).put("name", name),
                            "mimeType",
                            type);
            case MessageContent.ThinkingBlock _,
                    MessageContent.ToolCall _,
                    MessageContent.ToolResult _ ->
                    throw refused(
                            "The prompt holds something other than text, images and resources");
        };
    }

    private static ObjectNode text(String text) {
        return typed("text").put("text", text);
    }

    private ObjectNode image(MessageContent.Image image) throws ProviderFailure {
        if (!takesImages) {
            throw refused("This agent takes no images");
        }
        ObjectNode block =
                typed("image").put("mimeType", image.mediaType()).put("data", image.data());
        return optional(block, "uri", image.uri());
    }

    private ObjectNode resource(MessageContent.Resource resource) throws ProviderFailure {
        if (!takesResources) {
            if (resource.text() == null) {
                throw refused("This agent takes no resources that are not text");
            }
            return text(resource.uri() + ":\n" + resource.text());
        }
        ObjectNode block = typed("resource");
        ObjectNode content = block.putObject("resource").put("uri", resource.uri());
        optional(content, "mimeType", resource.mediaType());
        if (resource.blob() == null) {
            content.put("text", resource.text() == null ? "" : resource.text());
        } else {
            content.put("blob", resource.blob());
        }
        return block;
    }

    private static ObjectNode typed(String type) {
        return Json.object().put("type", type);
    }

    private static ObjectNode optional(ObjectNode json, String name, @Nullable String value) {
        return value == null ? json : json.put(name, value);
    }

    private static ProviderFailure refused(String why) {
        return new ProviderFailure(
                ProviderError.of(
                        ProviderError.Scope.TURN,
                        ProviderError.Kind.BAD_REQUEST,
                        why + "; leave it out and send the prompt again."));
    }
}
