package dev.stele.app.live.model;

import dev.stele.app.live.model.Conversation.Tool;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The tools of the agent that asks, which every agent calls by names of its own. */
final class Toolbox {
    private static final List<String> READERS = List.of("Read", "read_file", "read", "view");
    private static final List<String> EDITORS = List.of("Edit", "replace", "edit", "str_replace");
    private static final List<String> SHELLS =
            List.of(
                    "Bash",
                    "run_shell_command",
                    "bash",
                    "exec_command",
                    "shell_command",
                    "shell",
                    "local_shell");
    private static final List<String> PATCHERS = List.of("apply_patch");
    private static final List<String> PATHS =
            List.of("file_path", "filePath", "absolute_path", "path");

    private final List<Tool> tools;
    private final @Nullable String directory;

    private Toolbox(List<Tool> tools, @Nullable String directory) {
        this.tools = tools;
        this.directory = directory;
    }

    static Toolbox of(Conversation conversation) {
        return new Toolbox(conversation.tools(), conversation.directory());
    }

    /**
     * The call that does it.
     *
     * @throws IllegalStateException when the agent has no tool for it
     */
    Reply.Call callFor(Deed deed) {
        return switch (deed) {
            case Deed.ReadFile(var path) -> read(path);
            case Deed.EditFile edit -> edit(edit);
            case Deed.RunCommand(var command) -> run(command);
        };
    }

    private Reply.Call read(String path) {
        Tool reader = first(READERS);
        return reader == null
                ? run("cat " + path)
                : new Reply.Call.Structured(
                        reader.name(), with(arguments(), reader, PATHS, absolute(path)));
    }

    private Reply.Call edit(Deed.EditFile edit) {
        Tool editor = first(EDITORS);
        Tool patcher = first(PATCHERS);
        if (editor != null) {
            return replacement(editor, edit);
        }
        return patcher != null
                ? patch(patcher, edit)
                : run(
                        "sed -i 's/%s/%s/' %s"
                                .formatted(edit.oldLine(), edit.newLine(), edit.path()));
    }

    private Reply.Call replacement(Tool editor, Deed.EditFile edit) {
        ObjectNode arguments = with(arguments(), editor, PATHS, absolute(edit.path()));
        with(arguments, editor, List.of("old_string", "oldString", "old_str"), edit.oldLine());
        with(arguments, editor, List.of("new_string", "newString", "new_str"), edit.newLine());
        with(arguments, editor, List.of("instruction", "description"), "Change the line.");
        return new Reply.Call.Structured(editor.name(), arguments);
    }

    private static Reply.Call patch(Tool patcher, Deed.EditFile edit) {
        String patch =
                """
                *** Begin Patch
                *** Update File: %s
                @@
                -%s
                +%s
                *** End Patch\
                """
                        .formatted(edit.path(), edit.oldLine(), edit.newLine());
        return patcher.freeform()
                ? new Reply.Call.Freeform(patcher.name(), patch)
                : new Reply.Call.Structured(
                        patcher.name(), with(arguments(), patcher, List.of("input"), patch));
    }

    private Reply.Call run(String command) {
        Tool shell = first(SHELLS);
        if (shell == null) {
            throw new IllegalStateException("No tool runs commands: " + names());
        }
        ObjectNode arguments = arguments();
        JsonNode parameter = shell.schema().path("properties").path("command");
        if ("array".equals(parameter.path("type").asString(""))) {
            arguments.putArray("command").add("bash").add("-c").add(command);
        } else {
            with(arguments, shell, List.of("cmd", "command"), command);
        }
        with(arguments, shell, List.of("description"), "Run the command of the script");
        if (shell.takes("is_background")) {
            arguments.put("is_background", false);
        }
        return new Reply.Call.Structured(shell.name(), arguments);
    }

    private List<String> names() {
        return tools.stream().map(Tool::name).toList();
    }

    private @Nullable Tool first(List<String> names) {
        for (String name : names) {
            for (Tool tool : tools) {
                if (tool.name().equals(name)) {
                    return tool;
                }
            }
        }
        return null;
    }

    private String absolute(String path) {
        return directory == null ? path : directory + "/" + path;
    }

    private static ObjectNode arguments() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode with(
            ObjectNode arguments, Tool tool, List<String> parameters, String value) {
        parameters.stream()
                .filter(tool::takes)
                .findFirst()
                .ifPresent(parameter -> arguments.put(parameter, value));
        return arguments;
    }
}
