package dev.stele.app.server;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import dev.stele.app.Adapter;
import dev.stele.app.Stele;
import dev.stele.app.config.SteleHome;
import dev.stele.app.error.SteleException;
import dev.stele.app.support.Commands;
import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.port.AgentDirectory;
import dev.stele.domain.port.LogAdministration;
import dev.stele.domain.port.Reactor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server on a home of its own, in which nobody works but the test. */
final class ServerRig implements AutoCloseable {
    static final JsonMapper JSON = JsonMapper.builder().build();

    final Stele stele;
    final SteleServer server;
    final HttpClient http = HttpClient.newHttpClient();
    final String token;
    private final LogAdministration administration;

    ServerRig(Path folder) {
        this(folder, ServerSettings.USUAL);
    }

    ServerRig(Path folder, ServerSettings settings) {
        this(alone(folder).install(Adapter.GIT, new Nobody()), settings);
    }

    /** One that takes checkpoints of projects. */
    static ServerRig withGit(Path folder) {
        return new ServerRig(alone(folder), ServerSettings.USUAL);
    }

    private static Stele.Builder alone(Path folder) {
        return Stele.builder()
                .home(new SteleHome(folder.resolve("home")))
                .install(Adapter.PROVIDER, new Nobody());
    }

    private ServerRig(Stele.Builder builder, ServerSettings settings) {
        stele = builder.open();
        administration = builder.administration();
        var parts = new SteleServer.Parts(stele, agents(), administration);
        server = open(parts, settings);
        token = server.entrance().getQuery().substring("token=".length());
    }

    private static SteleServer open(SteleServer.Parts parts, ServerSettings settings) {
        try {
            return SteleServer.open(parts, settings.withPort(0));
        } catch (SteleException refused) {
            parts.stele().close();
            throw refused;
        }
    }

    /** No reactors: turns do what the test says. */
    static final class Nobody extends AbstractModule {
        @Override
        protected void configure() {
            Multibinder.newSetBinder(binder(), Reactor.class);
        }
    }

    /** Knows the scripted agent alone, and that it is ready. */
    static final class NoAgents implements AgentDirectory {
        @Override
        public List<Listing> known() {
            return List.of(new Listing("scripted", "scripted", true, null));
        }

        @Override
        public Answer ask(String name) {
            return new Answer.Ready(null);
        }
    }

    AgentDirectory agents() {
        return new NoAgents();
    }

    LogAdministration administration() {
        return administration;
    }

    /** A project and a thread, and in it a turn at work. */
    ServerRig withTurn() {
        send(Commands.project(1));
        send(Commands.thread(1));
        send(Commands.turn(1));
        return this;
    }

    void send(OrchestrationCommand command) {
        stele.execute(command);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.address() + path))
                .header("Authorization", "Bearer " + token);
    }

    HttpResponse<String> get(String path) {
        return answer(request(path).build());
    }

    HttpResponse<String> post(String path, String body) {
        return answer(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build());
    }

    /** What is answered, which is what the description says. */
    HttpResponse<String> answer(HttpRequest request) {
        HttpResponse<String> answer = sent(request, BodyHandlers.ofString());
        Description.check(request.method(), answer);
        return answer;
    }

    HttpResponse<InputStream> stream(HttpRequest request) {
        return sent(request, BodyHandlers.ofInputStream());
    }

    private <T> HttpResponse<T> sent(HttpRequest request, HttpResponse.BodyHandler<T> body) {
        try {
            return http.send(request, body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    JsonNode json(String path) {
        return JSON.readTree(get(path).body());
    }

    @Override
    public void close() {
        http.shutdownNow();
        server.close();
        stele.close();
    }
}
