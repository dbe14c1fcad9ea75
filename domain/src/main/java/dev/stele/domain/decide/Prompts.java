package dev.stele.domain.decide;

import dev.stele.contracts.MessageContent;
import dev.stele.domain.command.DeciderError.InvalidInput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What may stand in a prompt. */
final class Prompts {

    private Prompts() {}

    static @Nullable InvalidInput check(List<MessageContent> prompt) {
        if (prompt.stream().allMatch(Prompts::isEmpty)) {
            return new InvalidInput("prompt", "it is empty; say what the agent is to do.");
        }
        return prompt.stream().allMatch(Prompts::isPromptable)
                ? null
                : new InvalidInput(
                        "prompt", "it holds something other than text, images and resources.");
    }

    private static boolean isEmpty(MessageContent block) {
        return block instanceof MessageContent.Text(var text) && text.isBlank();
    }

    private static boolean isPromptable(MessageContent block) {
        return switch (block) {
            case MessageContent.Text _,
                    MessageContent.Image _,
                    MessageContent.Resource _,
                    MessageContent.ResourceLink _ ->
                    true;
            case MessageContent.ThinkingBlock _,
                    MessageContent.ToolCall _,
                    MessageContent.ToolResult _ ->
                    false;
        };
    }
}
