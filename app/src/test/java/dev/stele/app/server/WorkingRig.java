package dev.stele.app.server;

import dev.stele.app.Adapter;
import dev.stele.app.Ids;
import dev.stele.app.Stele;
import dev.stele.app.config.SteleHome;
import dev.stele.app.support.GitProject;
import dev.stele.app.support.Waiting;
import dev.stele.contracts.OperationId;
import dev.stele.contracts.ProjectId;
import dev.stele.contracts.ThreadId;
import dev.stele.domain.command.OrchestrationCommand.CreateThread;
import dev.stele.domain.model.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** A server at work on a real repository, without agents. */
final class WorkingRig implements AutoCloseable {
    final SteleHome home;
    final Stele stele;
    final GitProject git;
    final ProjectId project;
    private final SteleServer server;
    private final HttpClient http = HttpClient.newHttpClient();

    WorkingRig(Path folder) throws IOException {
        home = new SteleHome(folder.resolve("home"));
        git = GitProject.in(folder.resolve("garden"));
        var progress = new ProgressBoard();
        Stele.Builder builder =
                Stele.builder()
                        .home(home)
                        .onProgress(progress)
                        .install(Adapter.PROVIDER, new ServerRig.Nobody());
        stele = builder.open();
        server =
                SteleServer.open(
                        new SteleServer.Parts(
                                        stele, new ServerRig.NoAgents(), builder.administration())
                                .telling(progress),
                        ServerSettings.USUAL.withPort(0));
        project = stele.project(git.directory());
    }

    /** A bare repository beside the project, known to it as a remote; its hook says a line. */
    Path remote(String name, String hook) throws IOException {
        Path bare = git.directory().resolveSibling(name + ".git");
        git.git("init", "--quiet", "--bare", bare.toString());
        Path script = bare.resolve("hooks/pre-receive");
        Files.writeString(script, "#!/bin/sh\n" + hook + "\n");
        if (!script.toFile().setExecutable(true)) {
            throw new IOException("The hook cannot be made executable");
        }
        git.git("remote", "add", name, bare.toString());
        return bare;
    }

    /** A thread of a project. */
    ThreadId thread(ProjectId projectId) {
        ThreadId id = Ids.thread();
        stele.execute(new CreateThread(id, projectId, "Work", "nobody", Instant.now()));
        return id;
    }

    /** Where something of the project is. */
    String at(String rest) {
        return "/api/projects/" + project + rest;
    }

    HttpResponse<String> get(String path) {
        return answer(request(path).build());
    }

    JsonNode json(String path) {
        return ServerRig.JSON.readTree(get(path).body());
    }

    HttpResponse<String> post(String path, String body) {
        return answer(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build());
    }

    private HttpResponse<String> answer(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        String token = server.entrance().getQuery().substring("token=".length());
        return HttpRequest.newBuilder(URI.create(server.address() + path))
                .header("Authorization", "Bearer " + token);
    }

    /** The operation when it is over. */
    Operation settled(OperationId id) {
        Waiting.until(
                id + " is over",
                () -> {
                    Operation operation = stele.model().operation(id);
                    return operation != null && !operation.isOpen();
                });
        return Objects.requireNonNull(stele.model().operation(id));
    }

    @Override
    public void close() {
        http.shutdownNow();
        server.close();
        stele.close();
    }
}
