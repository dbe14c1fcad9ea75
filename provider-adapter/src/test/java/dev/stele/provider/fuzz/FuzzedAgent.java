package dev.stele.provider.fuzz;

import dev.stele.contracts.ActionId;
import dev.stele.contracts.ProviderError;
import dev.stele.contracts.ProviderEvent;
import dev.stele.provider.acp.AcpProtocol;
import dev.stele.provider.codex.CodexProtocol;
import dev.stele.provider.dialogue.Dialogue;
import dev.stele.provider.rpc.Json;
import dev.stele.provider.rpc.RpcConnection;
import dev.stele.provider.rpc.RpcListener;
import dev.stele.provider.rpc.RpcMessage;
import dev.stele.provider.session.Heard;
import dev.stele.provider.session.Protocol;
import dev.stele.provider.session.Question;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * An agent that plays recorded dialogues, one after the other, with wrong lines among the right
 * ones, over a real connection; and its client, who holds the rules. A line is given out only when
 * the one before it is taken in, so that a seed says the same every time.
 */
final class FuzzedAgent extends InputStream implements RpcListener {
    private static final int MAX_LINE = 64 * 1024;
    private static final ProviderError GONE =
            ProviderError.of(
                    ProviderError.Scope.PROCESS, ProviderError.Kind.CRASH, "the agent is gone");

    private final List<Script> scripts;
    private final long most;
    private final Random random;
    private final Mutations mutations;
    private final Rules rules = new Rules();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Deque<byte[]> ready = new ArrayDeque<>();
    private Iterator<Dialogue.Line> dialogue = List.<Dialogue.Line>of().iterator();
    private @Nullable Protocol protocol;
    private String name = "none";
    private byte[] rest = {};
    private int questions;
    private long lines;
    private volatile @Nullable Throwable broken;

    /**
     * A dialogue to play.
     *
     * @param name the recording
     * @param codex whether it is in codex's protocol
     * @param dialogue its lines
     */
    record Script(String name, boolean codex, Dialogue dialogue) {
        static Script of(String recording) {
            return new Script(
                    recording, recording.startsWith("codex-appserver"), Dialogue.of(recording));
        }
    }

    /**
     * An agent that has said nothing.
     *
     * @param scripts what it plays
     * @param most how many lines it gives out
     * @param seed decides over all that is wrong
     */
    FuzzedAgent(List<Script> scripts, long most, long seed) {
        this.scripts = List.copyOf(scripts);
        this.most = most;
        this.random = new Random(seed);
        this.mutations = new Mutations(random);
    }

    /**
     * Plays to the end.
     *
     * @return the rules, which held
     * @throws AssertionError when one did not, or something was thrown
     */
    Rules play() throws InterruptedException {
        new RpcConnection("fuzz", this, OutputStream.nullOutputStream(), MAX_LINE, this).start();
        over.await();
        Throwable failure = broken;
        if (failure != null || lines < most) {
            throw new AssertionError("it ends at line " + lines + ", in " + name, failure);
        }
        return rules;
    }

    @Override
    public int read() {
        throw new AssertionError("lines are read at once");
    }

    @Override
    public int read(byte[] bytes, int from, int length) {
        try {
            if (rest.length == 0 && !next()) {
                return -1;
            }
        } catch (RuntimeException | AssertionError e) {
            broken = e;
            return -1;
        }
        int count = Math.min(length, rest.length);
        System.arraycopy(rest, 0, bytes, from, count);
        rest = Arrays.copyOfRange(rest, count, rest.length);
        return count;
    }

    private boolean next() {
        while (ready.isEmpty() && broken == null) {
            if (lines >= most) {
                endDialogue();
                return false;
            }
            if (!dialogue.hasNext()) {
                endDialogue();
                begin(scripts.get(random.nextInt(scripts.size())));
            }
            play(dialogue.next());
        }
        if (broken != null) {
            return false;
        }
        byte[] line = ready.remove();
        rest = Arrays.copyOf(line, line.length + 1);
        rest[line.length] = '\n';
        lines++;
        return true;
    }

    private void begin(Script script) {
        name = script.name();
        dialogue = script.dialogue().lines().iterator();
        protocol =
                script.codex()
                        ? new CodexProtocol(this::newActionId)
                        : new AcpProtocol(this::newActionId, Set.of());
    }

    private ActionId newActionId() {
        return new ActionId("action" + ++questions);
    }

    private void endDialogue() {
        if (protocol != null) {
            protocol.normaliser().broken(GONE).forEach(rules::heard);
            rules.over();
        }
    }

    private void play(Dialogue.Line line) {
        switch (line.direction()) {
            case SENT -> send(line.message());
            case RECEIVED ->
                    ready.addAll(
                            mutations.of(Json.write(line.json()).getBytes(StandardCharsets.UTF_8)));
            case EXIT -> protocol().normaliser().broken(GONE).forEach(rules::heard);
        }
    }

    private Protocol protocol() {
        return Objects.requireNonNull(protocol);
    }

    /** A prompt is sent only when the turn before it has ended, if need be by force. */
    private void send(RpcMessage message) {
        if (message instanceof RpcMessage.Request(_, var method, _)
                && (method.equals("session/prompt") || method.equals("turn/start"))) {
            protocol().normaliser().broken(GONE).forEach(rules::heard);
            answerAll();
            rules.prompted();
        }
        protocol().normaliser().sending(message);
    }

    @Override
    public void received(RpcMessage message) {
        try {
            Heard heard = protocol().normaliser().received(message);
            heard.events().forEach(rules::heard);
            heard.replies().forEach(protocol().normaliser()::sending);
            if (!protocol().normaliser().isInTurn()) {
                answerAll();
            }
        } catch (RuntimeException | AssertionError e) {
            broken = new AssertionError(Json.write(message.toJson()), e);
        }
    }

    /** What the agent asked and nobody waits for any more is answered as cancelled. */
    private void answerAll() {
        var open = new ArrayList<>(protocol().normaliser().questions());
        for (Question question : open) {
            RpcMessage.Response answer = protocol().answer(question, null);
            if (answer != null) {
                protocol().normaliser().sending(answer);
            }
        }
        if (!protocol().normaliser().questions().isEmpty()) {
            throw new AssertionError("a question stays open");
        }
    }

    @Override
    public void garbage(String text) {
        for (ProviderEvent event : protocol().normaliser().garbage(text)) {
            rules.heard(event);
        }
    }

    @Override
    public void ended() {
        over.countDown();
    }
}
