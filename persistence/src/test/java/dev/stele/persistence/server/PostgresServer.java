package dev.stele.persistence.server;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A real server on this machine, with every commit synced as a server for real work has it. It ends
 * with this process, however that ends. For one thread at a time, but for addresses and statements.
 */
public final class PostgresServer implements AutoCloseable {

    /** The server's only user, who may do everything. */
    public static final String USER = "stele";

    /** The password of the user: nowhere but in an address should it be seen. */
    public static final String PASSWORD = "pa55-w0rd-of-the-tests";

    private static final long START_SECONDS = 120;

    private static final String SETTINGS =
            """
            listen_addresses = '127.0.0.1'
            unix_socket_directories = ''
            fsync = on
            synchronous_commit = on
            full_page_writes = on
            shared_buffers = '32MB'
            max_connections = 100
            """;

    /** Ends the server as soon as nobody holds the other end of its input any more. */
    private static final String WATCHED =
            "\"$@\" & server=$!; read -r line; kill -QUIT $server; wait $server";

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    /** Made by the first who needs it. */
    private static final class Shared {
        private static final Programs PROGRAMS;
        private static final Path TEMPLATE;
        private static final PostgresServer SERVER;

        static {
            try {
                PROGRAMS = Programs.unpack();
                TEMPLATE = template(PROGRAMS);
                SERVER = start(PROGRAMS, TEMPLATE);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted while the server started", e);
            }
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
        }
    }

    private final Programs programs;
    private final Path data;
    private final int port;
    private @Nullable Process process;

    private PostgresServer(Programs programs, Path data, int port) {
        this.programs = programs;
        this.data = data;
        this.port = port;
    }

    /** {@return the server that all tests of this process share; nobody stops it} */
    public static PostgresServer shared() {
        return Shared.SERVER;
    }

    /** {@return a server of its own, to be stopped and killed at will} */
    public static PostgresServer startOwn() throws IOException, InterruptedException {
        return start(Shared.PROGRAMS, Shared.TEMPLATE);
    }

    private static Path template(Programs programs) throws IOException, InterruptedException {
        Path folder = programs.newFolder("template");
        Path password = folder.resolve("password");
        programs.succeed(programs.asServer("sh", "-c", "echo " + PASSWORD + " > " + password));
        programs.succeed(
                programs.command(
                        "initdb",
                        "--pgdata=" + folder.resolve("data"),
                        "--username=" + USER,
                        "--pwfile=" + password,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--no-sync"));
        programs.succeed(
                programs.asServer(
                        "sh",
                        "-c",
                        "cat > "
                                + folder.resolve("data/postgresql.conf")
                                + " <<'END'\n"
                                + SETTINGS
                                + "END"));
        return folder.resolve("data");
    }

    private static PostgresServer start(Programs programs, Path template)
            throws IOException, InterruptedException {
        Path folder = programs.newFolder("server-" + NUMBERS.incrementAndGet());
        Path data = folder.resolve("data");
        programs.succeed(programs.asServer("cp", "-Rp", template.toString(), data.toString()));
        var server = new PostgresServer(programs, data, freePort());
        server.start();
        return server;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Starts the server, also after {@link #stopAtOnce}, and waits until it answers. */
    public void start() throws IOException, InterruptedException {
        List<String> server =
                programs.command("postgres", "-D", data.toString(), "-p", String.valueOf(port));
        var command = new ArrayList<>(List.of("sh", "-c", WATCHED, "sh"));
        command.addAll(server);
        Path log = data.resolveSibling("server.log");
        process =
                new ProcessBuilder(command)
                        .directory(data.resolveSibling("").toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!answers()) {
            if (System.nanoTime() > deadline || !process.isAlive()) {
                throw new IOException("the server did not start: " + Files.readString(log));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private boolean answers() {
        try {
            connect().close();
            return true;
        } catch (SQLException _) {
            return false;
        }
    }

    /** Ends the server as a crash would: it recovers from its write-ahead log at the next start. */
    public void stopAtOnce() throws InterruptedException {
        Process running = process;
        process = null;
        if (running != null) {
            try (OutputStream input = running.getOutputStream()) {
                input.flush();
            } catch (IOException _) {
                // it has ended by itself
            }
            running.waitFor();
        }
    }

    /** {@return the server's port on the loopback interface} */
    public int port() {
        return port;
    }

    /** {@return the address of an empty place for a log, with user and password} */
    public String newLog() {
        String schema = "log_" + NUMBERS.incrementAndGet();
        execute("create schema " + schema);
        return address(port, schema);
    }

    /**
     * {@return the address of a place under another port, as that of a proxy}
     *
     * @param otherPort the port
     * @param schema the place
     */
    public static String address(int otherPort, String schema) {
        return "postgresql://%s:%s@127.0.0.1:%d/postgres?currentSchema=%s"
                .formatted(USER, PASSWORD, otherPort, schema);
    }

    /** {@return a connection past all stores} */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres", USER, PASSWORD);
    }

    /**
     * Does something behind the stores' backs.
     *
     * @param sql one or more statements
     */
    public void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /**
     * {@return what a statement answers in its first row and column, as text; null for no row}
     *
     * @param sql one statement
     */
    public @Nullable String ask(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : null;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /**
     * Sends a signal to a process of the server.
     *
     * @param signal as STOP, CONT or KILL
     * @param pid the process
     */
    public void signal(String signal, long pid) throws IOException, InterruptedException {
        programs.succeed(List.of("sh", "-c", "kill -" + signal + " " + pid));
    }

    /** Ends the server. */
    @Override
    public void close() {
        try {
            stopAtOnce();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
