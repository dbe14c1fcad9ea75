package dev.stele.persistence.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;

/** A network to the server that can be cut: silently, as by a broken cable, or with a reset. */
final class Proxy implements AutoCloseable {

    private final ServerSocket entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);
    private volatile boolean cut;

    Proxy(int target) throws IOException {
        this.target = target;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return entrance.getLocalPort();
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket client = entrance.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(client);
                sockets.add(server);
                Thread.ofVirtual().start(() -> pump(client, server, this::count));
                Thread.ofVirtual().start(() -> pump(server, client, _ -> {}));
            } catch (IOException _) {
                // closed, or the server is away
            }
        }
    }

    private void pump(Socket from, Socket to, IntConsumer passed) {
        byte[] bytes = new byte[1 << 16];
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                if (!cut) { // what goes in while it is cut is lost
                    out.write(bytes, 0, n);
                    out.flush();
                    passed.accept(n);
                }
            }
        } catch (IOException _) {
            // the other end is gone, and so is this one
        }
    }

    private void count(int bytes) {
        if (left.addAndGet(-bytes) <= 0) {
            cut();
        }
    }

    /** It is cut once so many more bytes have gone to the server. */
    void cutAfter(long bytes) {
        left.set(bytes);
    }

    boolean isCut() {
        return cut;
    }

    /** From now on nothing arrives, and nobody is told. */
    void cut() {
        cut = true;
    }

    /** New connections work again; those that were cut are gone. */
    void mend() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
        left.set(Long.MAX_VALUE);
        cut = false;
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        mend();
    }
}
