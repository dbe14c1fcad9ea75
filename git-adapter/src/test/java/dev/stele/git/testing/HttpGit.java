package dev.stele.git.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves repositories over HTTP on this machine, to who knows a password; git's own program does.
 */
public final class HttpGit implements AutoCloseable {

    /** Whoever has logged in with this name may look but not push. */
    public static final String READER = "reader";

    private static final String PASSWORD = "right";

    private final Path root;
    private final HttpServer server;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * Begins to serve.
     *
     * @param root the directory of the repositories
     */
    public HttpGit(Path root) throws IOException {
        this.root = root;
        this.server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(workers);
        server.start();
    }

    /** The address of a repository. */
    public String url(String repository) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + repository;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String user = user(exchange);
            boolean pushing = exchange.getRequestURI().toString().contains("git-receive-pack");
            if (user == null) {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"git\"");
                exchange.sendResponseHeaders(401, -1);
            } else if (pushing && user.equals(READER)) {
                exchange.sendResponseHeaders(403, -1);
            } else {
                serve(exchange, user, body);
            }
        }
    }

    private static @org.jspecify.annotations.Nullable String user(HttpExchange exchange) {
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        if (given == null || !given.startsWith("Basic ")) {
            return null;
        }
        String[] login =
                new String(Base64.getDecoder().decode(given.substring(6)), ISO_8859_1)
                        .split(":", -1);
        return login.length == 2 && login[1].equals(PASSWORD) ? login[0] : null;
    }

    private void serve(HttpExchange exchange, String user, byte[] body) throws IOException {
        var builder = new ProcessBuilder("git", "http-backend");
        Map<String, String> environment = builder.environment();
        var headers = exchange.getRequestHeaders();
        environment.put("GIT_PROJECT_ROOT", root.toString());
        environment.put("GIT_HTTP_EXPORT_ALL", "1");
        environment.put("REMOTE_USER", user);
        environment.put("REQUEST_METHOD", exchange.getRequestMethod());
        environment.put("PATH_INFO", exchange.getRequestURI().getPath());
        environment.put("QUERY_STRING", orEmpty(exchange.getRequestURI().getQuery()));
        environment.put("CONTENT_TYPE", orEmpty(headers.getFirst("Content-Type")));
        environment.put("CONTENT_LENGTH", Integer.toString(body.length));
        environment.put("HTTP_CONTENT_ENCODING", orEmpty(headers.getFirst("Content-Encoding")));
        environment.put("GIT_PROTOCOL", orEmpty(headers.getFirst("Git-Protocol")));
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        workers.submit(() -> {
            try (var input = process.getOutputStream()) {
                input.write(body);
            }
            return null;
        });
        pass(process.getInputStream().readAllBytes(), exchange);
    }

    private static void pass(byte[] answer, HttpExchange exchange) throws IOException {
        int end = new String(answer, ISO_8859_1).indexOf("\r\n\r\n");
        int status = 200;
        for (String line : new String(answer, 0, end, ISO_8859_1).split("\r\n", -1)) {
            String[] header = line.split(": ", 2);
            if (header[0].equals("Status")) {
                status = Integer.parseInt(header[1].substring(0, 3));
            } else {
                exchange.getResponseHeaders().add(header[0], header[1]);
            }
        }
        byte[] content = Arrays.copyOfRange(answer, end + 4, answer.length);
        exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
        try (InputStream in = new ByteArrayInputStream(content);
                var out = exchange.getResponseBody()) {
            in.transferTo(out);
        }
    }

    private static String orEmpty(@org.jspecify.annotations.Nullable String text) {
        return text == null ? "" : text;
    }

    @Override
    public void close() {
        server.stop(0);
        workers.close();
    }
}
