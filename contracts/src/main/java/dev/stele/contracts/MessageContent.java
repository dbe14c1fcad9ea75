package dev.stele.contracts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one message holds. The list is closed; its names and fields are a file format. */
public sealed interface MessageContent {

    /**
     * Words.
     *
     * @param text the words, well-formed
     */
    record Text(String text) implements MessageContent {
        /** Makes the text well-formed. */
        public Text {
            text = Characters.wellFormed(text);
        }
    }

    /**
     * The agent's reasoning, as far as it shows it.
     *
     * @param text the words, well-formed
     */
    record ThinkingBlock(String text) implements MessageContent {
        /** Makes the text well-formed. */
        public ThinkingBlock {
            text = Characters.wellFormed(text);
        }
    }

    /**
     * A tool that the agent calls. Everything but the id may be unknown at first and come later:
     * null means not known yet, and in an update not changed.
     *
     * @param id the agent's id of the call, a field of its own and never part of the name
     * @param name the tool's name, for example {@code bash}
     * @param input the tool's input as raw JSON, as it came
     * @param title a line for people
     * @param kind what sort of tool it is
     * @param status how far it is
     * @param locations the files it works on; an update replaces the list
     * @param content what it shows while it runs; an update replaces the list
     * @param parentId the call that this one is part of
     */
    record ToolCall(
            String id,
            @Nullable String name,
            @Nullable String input,
            @Nullable String title,
            @Nullable ToolKind kind,
            @Nullable ToolCallStatus status,
            @Nullable List<ToolLocation> locations,
            @Nullable List<ToolOutput> content,
            @Nullable String parentId)
            implements MessageContent {

        /** Makes texts well-formed and lists immutable. */
        public ToolCall {
            id = Characters.wellFormed(id);
            name = Characters.wellFormedOrNull(name);
            input = Characters.wellFormedOrNull(input);
            title = Characters.wellFormedOrNull(title);
            locations = locations == null ? null : List.copyOf(locations);
            content = content == null ? null : List.copyOf(content);
            parentId = Characters.wellFormedOrNull(parentId);
        }

        /**
         * {@return a call of which only the core is known}
         *
         * @param id the agent's id of the call
         * @param name the tool's name
         * @param input raw JSON
         */
        public static ToolCall of(String id, @Nullable String name, @Nullable String input) {
            return new ToolCall(id, name, input, null, null, null, null, null, null);
        }

        /**
         * {@return this call with everything that the update tells laid over it}
         *
         * @param update a later word about the same call
         */
        public ToolCall mergedWith(ToolCall update) {
            return new ToolCall(
                    id,
                    newer(name, update.name),
                    newer(input, update.input),
                    newer(title, update.title),
                    newer(kind, update.kind),
                    newer(status, update.status),
                    newer(locations, update.locations),
                    newer(content, update.content),
                    newer(parentId, update.parentId));
        }

        /**
         * {@return what the update tells that this call does not say yet: a call with only the
         * changed fields set}
         *
         * @param update a later word about the same call
         */
        public ToolCall changedBy(ToolCall update) {
            return new ToolCall(
                    id,
                    changed(name, update.name),
                    changed(input, update.input),
                    changed(title, update.title),
                    changed(kind, update.kind),
                    changed(status, update.status),
                    changed(locations, update.locations),
                    changed(content, update.content),
                    changed(parentId, update.parentId));
        }

        /** {@return whether nothing but the id is set: as an update it changes nothing} */
        public boolean isBlank() {
            return equals(of(id, null, null));
        }

        private static <T> @Nullable T newer(@Nullable T old, @Nullable T update) {
            return update == null ? old : update;
        }

        private static <T> @Nullable T changed(@Nullable T old, @Nullable T update) {
            return update == null || update.equals(old) ? null : update;
        }
    }

    /**
     * How a tool call ended.
     *
     * @param toolCallId the id of the call that it belongs to
     * @param output what the tool said, or null where the agent does not tell
     * @param outcome how it ended
     * @param content what it shows: texts, diffs, terminals
     * @param exitCode the command's exit code where the agent tells it
     * @param rawStatus the agent's own word for the end, where it differs from the outcome
     * @param unmatched true when no open call of that id was known: kept all the same
     */
    record ToolResult(
            String toolCallId,
            @Nullable String output,
            ToolOutcome outcome,
            List<ToolOutput> content,
            @Nullable Integer exitCode,
            @Nullable String rawStatus,
            boolean unmatched)
            implements MessageContent {

        /** Makes texts well-formed and the list immutable. */
        public ToolResult {
            toolCallId = Characters.wellFormed(toolCallId);
            output = Characters.wellFormedOrNull(output);
            content = List.copyOf(content);
            rawStatus = Characters.wellFormedOrNull(rawStatus);
        }

        /**
         * {@return a result of which only the core is known}
         *
         * @param toolCallId the call
         * @param output what the tool said, or null
         * @param outcome how it ended
         */
        public static ToolResult of(
                String toolCallId, @Nullable String output, ToolOutcome outcome) {
            return new ToolResult(toolCallId, output, outcome, List.of(), null, null, false);
        }

        /**
         * {@return the same result, marked as one that has an open call or has none}
         *
         * @param newUnmatched whether no call of its id is known
         */
        public ToolResult withUnmatched(boolean newUnmatched) {
            return new ToolResult(
                    toolCallId, output, outcome, content, exitCode, rawStatus, newUnmatched);
        }
    }

    /**
     * A picture.
     *
     * @param mediaType for example {@code image/png}
     * @param data the bytes in base64
     * @param uri where it comes from, if told
     */
    record Image(String mediaType, String data, @Nullable String uri) implements MessageContent {
        /** Makes texts well-formed. */
        public Image {
            mediaType = Characters.wellFormed(mediaType);
            data = Characters.wellFormed(data);
            uri = Characters.wellFormedOrNull(uri);
        }
    }

    /**
     * A resource with its content.
     *
     * @param uri what it is
     * @param mediaType its media type, if known
     * @param text its content as text, else null
     * @param blob its content in base64, else null
     */
    record Resource(
            String uri, @Nullable String mediaType, @Nullable String text, @Nullable String blob)
            implements MessageContent {
        /** Makes texts well-formed. */
        public Resource {
            uri = Characters.wellFormed(uri);
            mediaType = Characters.wellFormedOrNull(mediaType);
            text = Characters.wellFormedOrNull(text);
            blob = Characters.wellFormedOrNull(blob);
        }
    }

    /**
     * A resource that is only named.
     *
     * @param uri what it is
     * @param name a name for people
     * @param mediaType its media type, if known
     */
    record ResourceLink(String uri, String name, @Nullable String mediaType)
            implements MessageContent {
        /** Makes texts well-formed. */
        public ResourceLink {
            uri = Characters.wellFormed(uri);
            name = Characters.wellFormed(name);
            mediaType = Characters.wellFormedOrNull(mediaType);
        }
    }
}
