package dev.stele.app.live.model;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A server on the loopback that agents take for a model. The {@code SCENARIO=number-name} with the
 * highest number in a conversation tells what it does; {@code CWD=directory} gives paths a
 * beginning. Any number of agents may use it at once.
 */
public final class ModelEndpoint implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<Dialect> DIALECTS =
            List.of(
                    new GeminiDialect(),
                    new ChatDialect(),
                    new ResponsesDialect(),
                    new MessagesDialect());

    private final ConcurrentMap<String, Integer> attempts = new ConcurrentHashMap<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private ModelEndpoint(HttpServer server) {
        this.server = server;
    }

    /** One that listens at a free port. */
    public static ModelEndpoint open() throws IOException {
        var address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
        var endpoint = new ModelEndpoint(HttpServer.create(address, 0));
        endpoint.server.createContext("/", endpoint::handle);
        endpoint.server.setExecutor(endpoint.threads);
        endpoint.server.start();
        return endpoint;
    }

    /** Where it listens, without a path. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** An exception closes the connection without an end of the answer. */
    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] body = exchange.getRequestBody().readAllBytes();
        for (Dialect dialect : DIALECTS) {
            if (dialect.isSpokenAt(path)) {
                answer(dialect, path, JSON.readTree(body), exchange);
                return;
            }
        }
        switch (lastWord(path)) {
            case "models" -> send(exchange, 200, models());
            case "count_tokens" -> send(exchange, 200, Map.of("input_tokens", 1));
            default -> send(exchange, 404, Map.of("error", Map.of("message", "nothing is here")));
        }
    }

    private static String lastWord(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static Object models() {
        return Map.of(
                "object",
                "list",
                "data",
                List.of(Map.of("id", "scripted", "object", "model", "type", "model")));
    }

    private void answer(Dialect dialect, String path, JsonNode request, HttpExchange exchange)
            throws IOException {
        Conversation conversation = dialect.read(request);
        JsonNode shape = conversation.shape();
        Reply reply =
                shape == null
                        ? Script.reply(conversation, attempt(conversation))
                        : Script.saying(JSON.writeValueAsString(Shapes.fitting(shape)));
        if (reply.ending() instanceof Reply.Ending.Refused(var status)) {
            refuse(dialect, status, exchange);
        } else if (dialect.streams(path, request)) {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            // Closed at the end only: where it breaks off before, the answer must not be ended.
            OutputStream out = exchange.getResponseBody();
            dialect.stream(reply, new EventStream(out));
            out.close();
        } else {
            send(exchange, 200, dialect.whole(reply));
        }
    }

    private int attempt(Conversation conversation) {
        return conversation.tools().isEmpty()
                ? 1
                : attempts.merge(conversation.key(), 1, Integer::sum);
    }

    /** Like real ones it repeats the key that it does not like. */
    private static void refuse(Dialect dialect, int status, HttpExchange exchange)
            throws IOException {
        String words =
                status == 401
                        ? "Incorrect API key provided: " + key(exchange.getRequestHeaders())
                        : "scripted " + status;
        if (status == 429) {
            exchange.getResponseHeaders().set("Retry-After", "1");
        }
        send(exchange, status, dialect.error(status, words));
    }

    private static String key(Headers headers) {
        for (String name : List.of("x-goog-api-key", "x-api-key", "Authorization")) {
            String value = headers.getFirst(name);
            if (value != null) {
                return value.replaceFirst("(?i)^bearer ", "");
            }
        }
        return "none";
    }

    private static void send(HttpExchange exchange, int status, Object document)
            throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(document);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
