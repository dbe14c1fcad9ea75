package dev.stele.app.embedding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.stele.contracts.CommandId;
import dev.stele.contracts.TurnId;
import dev.stele.domain.event.OrchestrationEvent;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.LogLossAccepted;
import dev.stele.domain.event.OrchestrationEvent.LogEvent.StandIn.UnreadableEvent;
import dev.stele.domain.event.StoredEvent;
import dev.stele.domain.port.Append;
import dev.stele.domain.port.AppendResult;
import dev.stele.domain.port.Codec;
import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.ProviderMark;
import dev.stele.domain.port.Receipt;
import dev.stele.domain.port.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A log in one text file: a line for each fact, receipt and mark, and a line "end" after each
 * append. What stands after the last end was never acknowledged, and is cut off at the opening. All
 * of it is held in memory, so it is for short logs. Thread-safe.
 */
public final class JournalStore implements EventStore {
    /** The longest fact in bytes of its JSON. */
    public static final int LONGEST = 4_000_000;

    /** No other line can end like it: they end with JSON or a number. */
    private static final String END = "end\n";

    private final Codec codec;
    private final FileChannel file;
    private final List<StoredEvent> events = new ArrayList<>();
    private final Map<CommandId, Receipt> receipts = new HashMap<>();
    private final Map<TurnId, Long> marks = new HashMap<>();

    private JournalStore(Codec codec, FileChannel file) {
        this.codec = codec;
        this.file = file;
    }

    /** Opens a journal, making it when there is none. */
    public static JournalStore open(Path path, Codec codec) {
        try {
            var store = new JournalStore(codec, FileChannel.open(path, CREATE, READ, WRITE));
            store.lock(path);
            String text = new String(Files.readAllBytes(path), UTF_8);
            int end = text.lastIndexOf(END);
            String whole = end < 0 ? "" : text.substring(0, end + END.length());
            whole.lines().forEach(store::remember);
            long length = whole.getBytes(UTF_8).length;
            store.file.truncate(length).position(length);
            return store;
        } catch (IOException e) {
            throw new StoreException("The journal " + path + " cannot be opened (" + e + ").", e);
        }
    }

    private void lock(Path path) throws IOException {
        try {
            if (file.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException sameProcess) {
            // Told below, like a lock of another process.
        }
        file.close();
        throw new StoreException.Locked("Somebody else has the journal " + path + " open.");
    }

    @Override
    public synchronized long head() {
        requireOpen();
        return events.size();
    }

    @Override
    public synchronized AppendResult append(Append append) {
        requireOpen();
        if (append.expectedHead() != events.size()) {
            return new AppendResult.WrongHead(events.size());
        }
        var lines = new StringBuilder();
        for (int i = 0; i < append.entries().size(); i++) {
            Append.Entry entry = append.entries().get(i);
            for (OrchestrationEvent event : entry.events()) {
                byte[] json = codec.encode(event);
                if (json.length > LONGEST) {
                    return new AppendResult.Unencodable(
                            i, "A fact has more than " + LONGEST + " bytes; split it.");
                }
                line(lines, "fact", append.storedAt(), new String(json, UTF_8));
            }
            write(lines, entry.receipt(), entry.mark());
        }
        write(lines.append(END).toString());
        lines.toString().lines().forEach(this::remember);
        return new AppendResult.Appended(events.size());
    }

    private void write(
            StringBuilder lines, @Nullable Receipt receipt, @Nullable ProviderMark mark) {
        if (receipt != null) {
            if (receipts.containsKey(receipt.commandId())) {
                throw new StoreException(
                        "The command " + receipt.commandId() + " has its answer already.", null);
            }
            String outcome = new String(codec.encode(receipt.outcome()), UTF_8);
            line(
                    lines,
                    "receipt",
                    receipt.commandId(),
                    receipt.fingerprint(),
                    receipt.answeredAt(),
                    outcome);
        }
        if (mark != null) {
            line(lines, "mark", mark.turnId(), mark.sequence());
        }
    }

    private static void line(StringBuilder lines, Object... fields) {
        lines.append(String.join("\t", List.of(fields).stream().map(Object::toString).toList()));
        lines.append('\n');
    }

    /**
     * On the disk when it returns. What could be written only in part is cut at the next opening.
     */
    private void write(String lines) {
        try {
            ByteBuffer bytes = UTF_8.encode(lines);
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(false);
        } catch (IOException e) {
            close();
            throw new StoreException("The journal cannot be written (" + e + ").", e);
        }
    }

    private void remember(String line) {
        String[] field = line.split("\t", -1);
        switch (field[0]) {
            case "fact" -> {
                var event = codec.decode(OrchestrationEvent.class, field[2].getBytes(UTF_8));
                events.add(new StoredEvent(events.size() + 1L, event, Instant.parse(field[1])));
                if (event instanceof LogLossAccepted accepted) {
                    events.replaceAll(stored -> lost(stored, accepted));
                }
            }
            case "receipt" -> {
                var id = new CommandId(field[1]);
                var outcome = codec.decode(Receipt.Outcome.class, field[4].getBytes(UTF_8));
                receipts.put(id, new Receipt(id, field[2], outcome, Instant.parse(field[3])));
            }
            case "mark" -> marks.merge(new TurnId(field[1]), Long.valueOf(field[2]), Math::max);
            default -> {}
        }
    }

    private static StoredEvent lost(StoredEvent stored, LogLossAccepted accepted) {
        return accepted.sequences().contains(stored.sequence())
                ? new StoredEvent(
                        stored.sequence(),
                        new UnreadableEvent("its loss was accepted"),
                        stored.storedAt())
                : stored;
    }

    @Override
    public synchronized List<StoredEvent> read(long afterSequence, int limit) {
        requireOpen();
        if (afterSequence < 0 || limit < 1) {
            throw new IllegalArgumentException("no page: " + limit + " after " + afterSequence);
        }
        int from = (int) Math.min(afterSequence, events.size());
        return List.copyOf(
                events.subList(from, (int) Math.min(events.size(), (long) from + limit)));
    }

    @Override
    public synchronized @Nullable Receipt receipt(CommandId commandId) {
        requireOpen();
        return receipts.get(commandId);
    }

    @Override
    public synchronized @Nullable Receipt receiptAt(long sequence) {
        requireOpen();
        return receipts.values().stream()
                .filter(receipt -> receipt.isAbout(sequence))
                .findFirst()
                .orElse(null);
    }

    @Override
    public synchronized long providerMark(TurnId turnId) {
        requireOpen();
        return marks.getOrDefault(turnId, 0L);
    }

    private void requireOpen() {
        if (!file.isOpen()) {
            throw new StoreException("The journal is closed; open it again.", null);
        }
    }

    @Override
    public synchronized void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new StoreException("The journal cannot be closed (" + e + ").", e);
        }
    }
}
