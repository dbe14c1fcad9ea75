package dev.stele.provider.client;

import dev.stele.provider.rpc.Json;
import dev.stele.provider.rpc.RpcMessage;
import dev.stele.provider.session.ClientServices;
import dev.stele.provider.session.Heard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** Serves an agent in one project's directory. */
public final class ProjectServices implements ClientServices {
    private static final int USUAL_OUTPUT = 1024 * 1024;
    private static final int MOST_OUTPUT = 16 * 1024 * 1024;
    private static final int MOST_TERMINALS = 100;

    private final ProjectFiles files;
    private final @Nullable Commands commands;
    private final Set<String> methods;
    private final Map<String, Terminal> terminals = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private volatile boolean closed;

    /**
     * Services in a directory.
     *
     * @param directory the project's directory
     * @param reads whether files may be read
     * @param writes whether files may be written
     * @param runs what starts commands, or null when none may be run
     */
    public ProjectServices(Path directory, boolean reads, boolean writes, @Nullable Commands runs) {
        this.files = new ProjectFiles(directory);
        this.commands = runs;
        var offered = new HashSet<String>();
        if (reads) {
            offered.add("fs/read_text_file");
        }
        if (writes) {
            offered.add("fs/write_text_file");
        }
        if (runs != null) {
            offered.addAll(
                    List.of(
                            "terminal/create",
                            "terminal/output",
                            "terminal/wait_for_exit",
                            "terminal/kill",
                            "terminal/release"));
        }
        this.methods = Set.copyOf(offered);
    }

    @Override
    public Set<String> methods() {
        return methods;
    }

    @Override
    public RpcMessage serve(RpcMessage.Request request) throws InterruptedException {
        try {
            return new RpcMessage.Response(request.id(), result(request, request.params()));
        } catch (Refused refused) {
            return refused.code() == RpcMessage.METHOD_NOT_FOUND
                    ? Heard.unknownMethod(request)
                    : new RpcMessage.Failure(
                            request.id(),
                            refused.code(),
                            String.valueOf(refused.getMessage()),
                            MissingNode.getInstance());
        }
    }

    private JsonNode result(RpcMessage.Request request, JsonNode params)
            throws Refused, InterruptedException {
        return switch (request.method()) {
            case "fs/read_text_file" ->
                    Json.object()
                            .put(
                                    "content",
                                    files.read(
                                            text(params, "path"),
                                            Json.smallInteger(params, "line"),
                                            Json.smallInteger(params, "limit")));
            case "fs/write_text_file" -> {
                files.write(text(params, "path"), text(params, "content"));
                yield Json.object();
            }
            case "terminal/create" -> create(params);
            case "terminal/output" -> terminal(params).output();
            case "terminal/wait_for_exit" -> terminal(params).awaitExit();
            case "terminal/kill" -> {
                terminal(params).kill();
                yield Json.object();
            }
            case "terminal/release" -> {
                terminal(params).kill();
                terminals.remove(text(params, "terminalId"));
                yield Json.object();
            }
            default -> throw new Refused(RpcMessage.METHOD_NOT_FOUND, request.method());
        };
    }

    private static String text(JsonNode params, String name) throws Refused {
        String text = Json.text(params, name);
        if (text == null) {
            throw new Refused(RpcMessage.INVALID_PARAMS, name + " is a text that must be there");
        }
        return text;
    }

    private Terminal terminal(JsonNode params) throws Refused {
        String id = text(params, "terminalId");
        Terminal terminal = terminals.get(id);
        if (terminal == null) {
            throw new Refused(RpcMessage.INVALID_PARAMS, "there is no terminal " + id);
        }
        return terminal;
    }

    private ObjectNode create(JsonNode params) throws Refused {
        Commands starter = commands;
        if (starter == null) {
            throw new Refused(RpcMessage.METHOD_NOT_FOUND, "terminal/create");
        }
        if (terminals.size() >= MOST_TERMINALS) {
            throw new Refused(
                    RpcMessage.INVALID_REQUEST, "release a terminal first: there are 100 of them");
        }
        var words = new ArrayList<String>();
        words.add(text(params, "command"));
        params.path("args").forEach(arg -> words.add(arg.asString("")));
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.directory(files.directory(Json.text(params, "cwd")).toFile());
        for (JsonNode variable : params.path("env")) {
            builder.environment().put(text(variable, "name"), text(variable, "value"));
        }
        Integer limit = Json.smallInteger(params, "outputByteLimit");
        int kept = limit == null ? USUAL_OUTPUT : Math.clamp(limit, 1, MOST_OUTPUT);
        try {
            return Json.object().put("terminalId", started(starter.start(builder), kept));
        } catch (IOException | IllegalArgumentException e) {
            throw new Refused(
                    RpcMessage.INVALID_PARAMS,
                    words.getFirst() + " cannot be started: " + e.getMessage());
        }
    }

    private String started(Process process, int kept) throws IOException {
        process.getOutputStream().close();
        String id = "terminal_" + ids.incrementAndGet();
        var terminal = new Terminal(process, kept);
        terminals.put(id, terminal);
        if (closed) {
            terminal.kill();
        }
        return id;
    }

    @Override
    public void close() {
        closed = true;
        terminals.values().forEach(Terminal::kill);
    }
}
