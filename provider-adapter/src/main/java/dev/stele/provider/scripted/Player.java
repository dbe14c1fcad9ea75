package dev.stele.provider.scripted;

import dev.stele.provider.rpc.Json;
import dev.stele.provider.rpc.RpcMessage;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Plays the steps of one prompt on a thread of its own, and answers the prompt. */
final class Player {
    private final ScriptedSession session;
    private final RpcMessage.Response end;
    private final JsonNode promptId;
    private final List<Step> steps;
    private final Map<String, String> words;
    private final ScriptedAgent agent;
    private final Thread thread;
    private volatile boolean cancelled;
    private volatile boolean deaf;
    private volatile @Nullable ShellCommand running;

    /**
     * A player that has not begun.
     *
     * @param session where it speaks
     * @param end the answer to its request when all is played
     * @param steps what it plays
     * @param words what stands for the placeholders of the script
     * @param agent prints and ends what is no message
     */
    Player(
            ScriptedSession session,
            RpcMessage.Response end,
            List<Step> steps,
            Map<String, String> words,
            ScriptedAgent agent) {
        this.session = session;
        this.end = end;
        this.promptId = end.id();
        this.steps = List.copyOf(steps);
        this.words = Map.copyOf(words);
        this.agent = agent;
        this.thread = Thread.ofVirtual().name("player").unstarted(this::playAll);
    }

    void start() {
        thread.start();
    }

    /** Stops it, unless the script says that it takes no notice. */
    void cancel() {
        if (!deaf) {
            stop();
        }
    }

    /** Stops it in any case. */
    void stop() {
        cancelled = true;
        ShellCommand command = running;
        if (command != null) {
            command.kill();
        }
        thread.interrupt();
    }

    /** The turn is over before the script is. */
    private static final class Ended extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient RpcMessage answer;
        private final transient List<Step> after;

        Ended(RpcMessage answer) {
            this(answer, List.of());
        }

        Ended(RpcMessage answer, List<Step> after) {
            super("the turn is over");
            this.answer = answer;
            this.after = List.copyOf(after);
        }
    }

    private void playAll() {
        RpcMessage answer;
        List<Step> after = List.of();
        try {
            play(steps);
            answer = end;
        } catch (Ended early) {
            answer = early.answer;
            after = early.after;
        } catch (InterruptedException _) {
            answer = stopped("cancelled");
        }
        session.setPlayer(null);
        session.answer(answer);
        playAfter(after);
    }

    private void playAfter(List<Step> after) {
        try {
            play(after);
        } catch (Ended | InterruptedException _) {
            // The turn is over already.
        }
    }

    /** The JSON with what stands for the placeholders in its texts. */
    private JsonNode filled(JsonNode json) {
        if (json.isString()) {
            return Json.string(filled(json.stringValue()));
        }
        JsonNode copy = json.deepCopy();
        if (copy instanceof ObjectNode object) {
            for (var member : List.copyOf(object.properties())) {
                object.set(member.getKey(), filled(member.getValue()));
            }
        } else if (copy instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, filled(array.get(i)));
            }
        }
        return copy;
    }

    private void request(Step.Request request) throws Ended, InterruptedException {
        ObjectNode params = (ObjectNode) filled(request.params());
        if (!request.waits()) {
            session.askLater(request.method(), params);
            return;
        }
        String chosen = Json.text(session.ask(request.method(), params), "optionId");
        checkCancelled();
        boolean allowed = false;
        for (JsonNode option : params.path("options")) {
            String kind = Json.text(option, "kind");
            allowed |=
                    kind != null
                            && kind.startsWith("allow")
                            && option.path("optionId").asString("").equals(chosen);
        }
        play(allowed ? request.then().allowed() : request.then().rejected());
    }

    private RpcMessage stopped(String reason) {
        return new RpcMessage.Response(promptId, Json.object().put("stopReason", reason));
    }

    private void play(List<Step> list) throws Ended, InterruptedException {
        for (Step step : list) {
            play(step);
        }
    }

    private void play(Step step) throws Ended, InterruptedException {
        checkCancelled();
        switch (step) {
            case Step.Say say -> say(say);
            case Step.Plan(var entries) -> {
                ObjectNode plan = Json.object();
                plan.putArray("entries").addAll(entries);
                session.update("plan", plan);
            }
            case Step.Read(var path) -> read(path);
            case Step.Edit edit -> edit(edit);
            case Step.Run run -> run(run);
            case Step.Ask(var title, var options, var then) -> {
                var call = new ToolCall(session, "other", filled(title), Json.object());
                boolean allowed = isAllowed(call.ask(options));
                call.ended(allowed, allowed ? "allowed" : "rejected");
                play(allowed ? then.allowed() : then.rejected());
            }
            case Step.Pause(var millis) -> Thread.sleep(millis);
            case Step.WaitForCancel() -> new CountDownLatch(1).await();
            case Step.Hang() -> hang();
            case Step.Fail(var code, var message, var data) ->
                    throw new Ended(new RpcMessage.Failure(promptId, code, filled(message), data));
            case Step.Crash(var code) -> agent.crash(code);
            case Step.Garbage(var text, var times) -> agent.print(text, times);
            case Step.Stop(var reason) -> throw new Ended(stopped(reason));
            case Step.Update(var update) -> session.update(filled(update));
            case Step.Tell(var method, var params) -> session.tell(method, filled(params));
            case Step.Request request -> request(request);
            case Step.AwaitAnswers() -> session.awaitAnswers();
            case Step.Answer(var result, var after) ->
                    throw new Ended(new RpcMessage.Response(promptId, filled(result)), after);
        }
    }

    private void checkCancelled() throws InterruptedException {
        if (cancelled) {
            throw new InterruptedException();
        }
    }

    private String filled(String text) {
        String result = text;
        for (var word : words.entrySet()) {
            result = result.replace("${" + word.getKey() + "}", word.getValue());
        }
        return result;
    }

    private void say(Step.Say say) throws InterruptedException {
        String text = filled(say.text());
        String messageId = session.nextMessage();
        for (int from = 0; from < text.length(); from += say.chunk()) {
            if (from > 0) {
                Thread.sleep(say.everyMillis());
            }
            checkCancelled();
            ObjectNode chunk = Json.object().put("messageId", messageId);
            chunk.putObject("content")
                    .put("type", "text")
                    .put("text", text.substring(from, Math.min(text.length(), from + say.chunk())));
            session.update(say.thinking() ? "agent_thought_chunk" : "agent_message_chunk", chunk);
        }
    }

    private void hang() {
        deaf = true;
        while (true) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException _) {
                // It takes no notice.
            }
        }
    }

    private void read(String path) throws InterruptedException {
        var call = new ToolCall(session, "read", "Read " + path, Json.object().put("path", path));
        call.announce();
        try {
            call.ended(true, session.workspace().read(session.workspace().file(path)));
        } catch (IOException e) {
            checkCancelled();
            call.ended(false, String.valueOf(e.getMessage()));
        }
    }

    private void edit(Step.Edit edit) throws Ended, InterruptedException {
        String path = edit.path();
        var call = new ToolCall(session, "edit", "Edit " + path, Json.object().put("path", path));
        Workspace workspace = session.workspace();
        try {
            var file = workspace.file(path);
            String old = workspace.readIfThere(file);
            String text = Workspace.changed(old, filled(edit.change()));
            call.shows(diff(file.toString(), old, text));
            if (mayDo(call, edit.asking())) {
                workspace.write(file, text);
                call.ended(true, "Wrote " + path);
                play(edit.then().allowed());
            } else {
                call.ended(false, "Rejected: nothing was changed");
                play(edit.then().rejected());
            }
        } catch (IOException e) {
            checkCancelled();
            call.announce();
            call.ended(false, String.valueOf(e.getMessage()));
        }
    }

    private Step.Change filled(Step.Change change) {
        return switch (change) {
            case Step.Change.Write(var content) -> new Step.Change.Write(filled(content));
            case Step.Change.Append(var content) -> new Step.Change.Append(filled(content));
            case Step.Change.Replace(var old, var replacement) ->
                    new Step.Change.Replace(old, filled(replacement));
        };
    }

    private static ArrayNode diff(String path, @Nullable String old, String text) {
        ObjectNode diff = Json.object().put("type", "diff").put("path", path).put("newText", text);
        if (old != null) {
            diff.put("oldText", old);
        }
        return Json.array().add(diff);
    }

    private void run(Step.Run run) throws Ended, InterruptedException {
        String command = filled(run.command());
        var call = new ToolCall(session, "execute", command, Json.object().put("command", command));
        if (!mayDo(call, run.asking())) {
            call.ended(false, "Rejected: the command was not run");
            play(run.then().rejected());
            return;
        }
        try {
            var shell = new ShellCommand(command, session.workspace().directory(), call::output);
            running = shell;
            checkCancelled();
            call.exited(shell.run());
        } catch (IOException e) {
            call.ended(false, String.valueOf(e.getMessage()));
        } finally {
            running = null;
        }
        checkCancelled();
        play(run.then().allowed());
    }

    private boolean mayDo(ToolCall call, Step.Asking asking) throws InterruptedException {
        call.announce();
        boolean allowed =
                asking == Step.Asking.DOES
                        || session.allowsAlways()
                        || isAllowed(call.ask(List.of()));
        if (allowed) {
            call.begin();
        }
        return allowed;
    }

    private boolean isAllowed(ToolCall.Answer answer) throws InterruptedException {
        checkCancelled();
        if (answer.kind().equals("allow_always")) {
            session.allowAlways();
        }
        return answer.kind().toLowerCase(Locale.ROOT).startsWith("allow");
    }
}
