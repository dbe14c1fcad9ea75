package dev.stele.app.server;

import dev.stele.domain.port.Codec;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes requests from the network to their endpoints, and the answers back. */
final class Dispatcher extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    /** Whoever asks for these needs no token: they tell nothing of what is in the log. */
    private static final Set<String> OPEN = Set.of("/api/health");

    private static final byte[] NOTHING = {};

    private final List<Route> routes;
    private final Gate gate;
    private final Arrivals arrivals;
    private final WebFiles files = new WebFiles();
    private final Codec codec;
    private final Metrics metrics;
    private final Body body;
    private final Semaphore streams;

    Dispatcher(
            List<Route> routes,
            Gate gate,
            Arrivals arrivals,
            Codec codec,
            Metrics metrics,
            ServerSettings settings) {
        this.arrivals = arrivals;
        this.routes = List.copyOf(routes);
        this.gate = gate;
        this.codec = codec;
        this.metrics = metrics;
        this.body = new Body(settings.bodyBytes(), settings.arrival());
        this.streams = new Semaphore(settings.streams());
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Gate.secure(response.getHeaders());
        metrics.requested();
        arrivals.arrived(request);
        try {
            gate.requireOwn(request);
            String path = Request.getPathInContext(request);
            if (isForFiles(path)) {
                file(request, response, callback, path);
            } else {
                api(request, response, callback, path);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            send(Problem.of(503, "Closing", "Stele is being closed."), response, callback);
        } catch (IOException e) {
            callback.failed(e);
        } catch (RuntimeException e) {
            send(problem(e, request), response, callback);
        }
        return true;
    }

    private static boolean isForFiles(String path) {
        return path.equals("/") || path.startsWith("/assets/");
    }

    private static Problem problem(RuntimeException thrown, Request request) {
        Problem known = Problem.of(thrown);
        if (known != null) {
            return known;
        }
        LOG.error("{} {} failed", request.getMethod(), request.getHttpURI().getPath(), thrown);
        return Problem.of(
                500, "Defect", "A defect in Stele; its log file tells more. Please report it.");
    }

    private void api(Request request, Response response, Callback callback, String path)
            throws IOException, InterruptedException {
        if (!OPEN.contains(path)) {
            gate.requireToken(request);
        }
        Map<String, String> query = query(request);
        switch (answer(request, path, query)) {
            case Answer.Whole whole -> send(whole, response, callback);
            case Answer.Events(var stream) -> stream(stream, request, response, callback);
        }
    }

    private Answer answer(Request request, String path, Map<String, String> query)
            throws IOException, InterruptedException {
        String method = HttpMethod.HEAD.is(request.getMethod()) ? "GET" : request.getMethod();
        var others = new TreeSet<String>();
        for (Route route : routes) {
            Map<String, String> places = route.match(path);
            if (places != null && route.method().equals(method)) {
                requireKnown(query, route);
                byte[] sent = method.equals("GET") ? NOTHING : body.read(request);
                return route.endpoint()
                        .answer(new Call(places, query, request.getHeaders()::get, sent));
            }
            if (places != null) {
                others.add(route.method());
                others.add(route.method().equals("GET") ? "HEAD" : route.method());
            }
        }
        throw others.isEmpty()
                ? Problem.notFound("There is nothing at " + path + "; /api/openapi.json lists all.")
                : Problem.wrongMethod(others);
    }

    private static void requireKnown(Map<String, String> query, Route route) {
        for (String name : query.keySet()) {
            if (!route.query().contains(name)) {
                throw Problem.malformed(
                        "Nothing is called %s here; there are %s."
                                .formatted(name, new TreeSet<>(route.query())));
            }
        }
    }

    private static Map<String, String> query(Request request) {
        var query = new HashMap<String, String>();
        try {
            for (Fields.Field field : Request.extractQueryParameters(request)) {
                if (field.hasMultipleValues()) {
                    throw Problem.malformed("Say but once what " + field.getName() + " is.");
                }
                query.put(field.getName(), field.getValue());
            }
        } catch (IllegalArgumentException e) {
            throw Problem.malformed("What stands behind the question mark cannot be read.");
        }
        return query;
    }

    private void stream(EventStream stream, Request request, Response response, Callback callback)
            throws IOException, InterruptedException {
        response.setStatus(200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        if (HttpMethod.HEAD.is(request.getMethod())) {
            callback.succeeded();
            return;
        }
        if (!streams.tryAcquire()) {
            throw Problem.of(503, "TooManyStreams", "Too many streams are open; close one first.");
        }
        try {
            stream.run(bytes -> Content.Sink.write(response, false, ByteBuffer.wrap(bytes)));
            callback.succeeded();
        } finally {
            streams.release();
        }
    }

    private void file(Request request, Response response, Callback callback, String path) {
        if (!HttpMethod.GET.is(request.getMethod()) && !HttpMethod.HEAD.is(request.getMethod())) {
            throw Problem.wrongMethod(new TreeSet<>(Set.of("GET", "HEAD")));
        }
        String token = query(request).get("token");
        if (path.equals("/") && token != null) {
            if (!gate.admit(token, response)) {
                gate.requireToken(request);
            }
            redirect(response, callback);
            return;
        }
        WebFiles.WebFile file = files.at(path);
        if (file == null) {
            throw Problem.notFound("There is no file " + path + ".");
        }
        response.getHeaders().put(HttpHeader.ETAG, file.tag());
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache");
        if (file.tag().equals(request.getHeaders().get(HttpHeader.IF_NONE_MATCH))) {
            response.setStatus(304);
            callback.succeeded();
            return;
        }
        response.setStatus(200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, file.type());
        response.write(true, ByteBuffer.wrap(file.bytes()), callback);
    }

    /** The token is in the cookie now, and goes from the address. */
    private static void redirect(Response response, Callback callback) {
        response.setStatus(303);
        response.getHeaders().put(HttpHeader.LOCATION, URI.create("/").toString());
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        callback.succeeded();
    }

    private void send(Problem problem, Response response, Callback callback) {
        if (response.isCommitted()) {
            callback.failed(problem);
        } else {
            send(problem.answer(codec), response, callback);
        }
    }

    private static void send(Answer.Whole answer, Response response, @Nullable Callback callback) {
        if (!response.getRequest().consumeAvailable()) {
            // A body that is still on its way ends the connection: no client may count on it.
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
        response.setStatus(answer.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.type());
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        answer.headers().forEach(response.getHeaders()::put);
        response.write(true, ByteBuffer.wrap(answer.body()), callback);
    }
}
