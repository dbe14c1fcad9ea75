package dev.stele.app.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Many clients of streams on one thread. One that is ended comes back when the server asked. */
final class StreamClients implements AutoCloseable {
    private static final long PAUSE = 5_000_000_000L;
    private static final Pattern ID = Pattern.compile("id: ([0-9]+)\n");

    private final URI entrance;
    private final Selector selector = Selector.open();
    private final List<Client> clients = new ArrayList<>();
    private final Thread reading;
    private volatile boolean closed;

    /** One client; its newest fact is what it has seen the last id of. */
    private static final class Client {
        private final String query;
        private SocketChannel channel;
        private long back = Long.MAX_VALUE;
        private volatile boolean opened;
        private volatile long newest;

        Client(String query, SocketChannel channel) {
            this.query = query;
            this.channel = channel;
        }
    }

    /**
     * Clients that are connected.
     *
     * @param entrance the server's address with its token
     * @param query what each asks for
     */
    StreamClients(URI entrance, int count, IntFunction<String> query) throws IOException {
        this.entrance = entrance;
        for (int i = 0; i < count; i++) {
            clients.add(connected(query.apply(i)));
        }
        this.reading = Thread.ofPlatform().name("clients").start(this::read);
        while (!clients.stream().allMatch(client -> client.opened)) {
            LockSupport.parkNanos(10_000_000);
        }
    }

    private Client connected(String query) throws IOException {
        var client = new Client(query, open(query));
        client.channel.register(selector, SelectionKey.OP_READ, client);
        return client;
    }

    private SocketChannel open(String query) throws IOException {
        var channel =
                SocketChannel.open(new InetSocketAddress(entrance.getHost(), entrance.getPort()));
        String request =
                "GET /api/events%s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n"
                        .formatted(
                                query,
                                entrance.getAuthority(),
                                entrance.getQuery().substring("token=".length()));
        channel.write(
                ByteBuffer.wrap(
                        (request + "Accept: text/event-stream\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII)));
        channel.configureBlocking(false);
        return channel;
    }

    private void read() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(256 * 1_024);
        try {
            while (!closed) {
                selector.select(key -> read(key, buffer), 100);
                comeBack();
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void read(SelectionKey key, ByteBuffer buffer) {
        var client = (Client) key.attachment();
        try {
            int count = client.channel.read(buffer.clear());
            if (count < 0) {
                client.channel.close();
                client.back = System.nanoTime() + PAUSE;
            } else if (count > 0) {
                client.opened = true;
                see(client, buffer.flip());
            }
        } catch (IOException e) {
            client.back = System.nanoTime() + PAUSE;
        }
    }

    /** The last id of what has come; only the end is looked at. */
    private static void see(Client client, ByteBuffer bytes) {
        bytes.position(Math.max(0, bytes.limit() - 1_024));
        Matcher ids = ID.matcher(StandardCharsets.ISO_8859_1.decode(bytes));
        while (ids.find()) {
            client.newest = Long.parseLong(ids.group(1));
        }
    }

    private void comeBack() throws IOException {
        long now = System.nanoTime();
        for (Client client : clients) {
            if (client.back < now) {
                client.back = Long.MAX_VALUE;
                client.channel = open(client.query);
                client.channel.register(selector, SelectionKey.OP_READ, client);
            }
        }
    }

    /** Waits until every client has seen a fact. */
    void await(long sequence) {
        while (!clients.stream().allMatch(client -> client.newest >= sequence)) {
            LockSupport.parkNanos(100_000);
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        try {
            reading.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Client client : clients) {
            client.channel.close();
        }
        selector.close();
    }
}
