package dev.stele.provider.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Timeout(30)
class RpcConnectionTest {
    private final Heard heard = new Heard();
    private final PipedOutputStream theirVoice = new PipedOutputStream();
    private final PipedInputStream theirEars = new PipedInputStream();
    private RpcConnection connection;
    private BufferedReader sent;

    @BeforeEach
    void connect() throws IOException {
        connection =
                new RpcConnection(
                        "test",
                        new PipedInputStream(theirVoice, 1 << 20),
                        new PipedOutputStream(theirEars),
                        10_000,
                        heard);
        sent = new BufferedReader(new InputStreamReader(theirEars, StandardCharsets.UTF_8));
        connection.start();
    }

    private static final class Heard implements RpcListener {
        final List<String> lines = new CopyOnWriteArrayList<>();
        final List<String> garbage = new CopyOnWriteArrayList<>();
        final CountDownLatch end = new CountDownLatch(1);

        @Override
        public void sending(RpcMessage message) {
            lines.add("> " + Json.write(message.toJson()));
        }

        @Override
        public void received(RpcMessage message) {
            lines.add("< " + Json.write(message.toJson()));
        }

        @Override
        public void garbage(String text) {
            garbage.add(text);
        }

        @Override
        public void ended() {
            end.countDown();
        }
    }

    private void say(String... lines) throws IOException {
        for (String line : lines) {
            theirVoice.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
        theirVoice.flush();
    }

    private void hangUp() throws Exception {
        theirVoice.close();
        assertThat(heard.end.await(20, TimeUnit.SECONDS)).isTrue();
    }

    private static JsonNode params(String text) {
        return Json.object().put("text", text);
    }

    @Test
    void requests_of_both_sides_may_have_the_same_id() throws Exception {
        CompletableFuture<RpcMessage> answer = connection.request("ours", params("a"));
        assertThat(sent.readLine())
                .isEqualTo(
                        "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"ours\",\"params\":{\"text\":\"a\"}}");
        say(
                "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"theirs\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":{\"ok\":true}}");

        assertThat(answer.get())
                .isInstanceOfSatisfying(
                        RpcMessage.Response.class,
                        response -> assertThat(response.result().path("ok").asBoolean()).isTrue());
        hangUp();
        assertThat(heard.lines).hasSize(3);
    }

    @Test
    void an_error_is_an_answer() throws Exception {
        CompletableFuture<RpcMessage> answer = connection.request("ours", params("a"));
        say("{\"id\":0,\"error\":{\"code\":-32000,\"message\":\"log in\",\"data\":{\"a\":1}}}");

        assertThat(answer.get())
                .isInstanceOfSatisfying(
                        RpcMessage.Failure.class,
                        failure -> {
                            assertThat(failure.code()).isEqualTo(-32000);
                            assertThat(failure.message()).isEqualTo("log in");
                        });
        hangUp();
    }

    @Test
    void a_request_that_nobody_will_answer_fails_at_the_end() throws Exception {
        CompletableFuture<RpcMessage> before = connection.request("ours", params("a"));
        hangUp();
        CompletableFuture<RpcMessage> after = connection.request("ours", params("b"));

        assertThat(before.get()).isInstanceOf(RpcMessage.Failure.class);
        assertThat(after.get()).isInstanceOf(RpcMessage.Failure.class);
    }

    @Test
    void what_is_no_message_is_reported_and_harms_nothing() throws Exception {
        say(
                "npm notice",
                "",
                "[]",
                "{\"a\":1}",
                "{\"method\":7}",
                "{\"id\":1}",
                "{\"method\":\"m\",\"params\":1e99999999999}",
                "{\"id\":1,\"result\":{}} trailing",
                "[".repeat(5_000),
                "\u0000\u0007",
                "x".repeat(20_000),
                "{\"method\":\"still\"}");
        hangUp();

        assertThat(heard.lines)
                .filteredOn(line -> line.startsWith("<"))
                .containsExactly("< {\"jsonrpc\":\"2.0\",\"method\":\"still\"}");
        assertThat(heard.garbage).hasSize(10).contains("npm notice", "[]");
        assertThat(heard.garbage.getLast()).endsWith("x… (20000 bytes)").hasSizeLessThan(2_100);
    }

    @Test
    void garbage_is_reported_a_bounded_number_of_times() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            say("garbage");
        }
        say("{\"method\":\"still\"}");
        hangUp();

        assertThat(heard.garbage).hasSize(20);
        assertThat(heard.lines).hasSize(20 + 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    npm notice                            | null | -32700
                    {"id":1,"method":"a"                  | null | -32700
                    {"id":1,"method":"a"} {"id":2}        | null | -32700
                    [{"id":1,"method":"a"}]               | null | -32600
                    []                                    | null | -32600
                    "text"                                | null | -32600
                    {"id":1,"method":7}                   | 1    | -32600
                    {"id":"a","method":null,"params":{}}  | "a"  | -32600
                    {"id":1,"method":7,"result":{}}       | 1    | -32600
                    {"id":{"a":1},"method":"m"}           | null | -32600
                    {"id":[1],"method":"m"}               | null | -32600
                    {"id":true,"method":"m"}              | null | -32600
                    {"id":true,"result":{}}               | null | -32600
                    {"id":1}                              | null | -32600
                    """)
    void what_is_no_message_is_refused_by_its_id_as_far_as_there_is_one(
            String line, String id, int code) throws Exception {
        say(line);

        JsonNode refusal = Json.parse(sent.readLine());
        assertThat(Json.write(refusal.path("id"))).isEqualTo(id);
        assertThat(refusal.path("error").path("code").asInt()).isEqualTo(code);
        assertThat(refusal.path("error").path("message").asString()).isNotBlank();
        hangUp();
        assertThat(heard.garbage).hasSize(1);
    }

    @Test
    void what_is_too_long_is_refused() throws Exception {
        say("{\"id\":1,\"method\":\"m\",\"params\":\"" + "x".repeat(20_000) + "\"}");

        assertThat(sent.readLine()).contains("\"id\":null", "-32600");
        hangUp();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-7", "1.5", "12345678901234567890", "1E+400", "\"0\"", "\"\""})
    void an_id_of_any_kind_comes_back_as_it_came(String id) throws Exception {
        say("{\"id\":%s,\"method\":\"m\"}".formatted(id));
        while (heard.lines.isEmpty()) {
            Thread.onSpinWait();
        }
        String line = heard.lines.getFirst().substring(2);
        RpcMessage request = RpcMessage.of(Json.parse(line));
        assertThat(request).isInstanceOf(RpcMessage.Request.class);
        connection.send(
                new RpcMessage.Response(((RpcMessage.Request) request).id(), Json.object()));

        assertThat(sent.readLine())
                .isEqualToIgnoringCase(
                        "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":{}}".formatted(id));
        hangUp();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.0", "0e5", "-0"})
    void an_answer_is_known_however_its_number_is_written(String id) throws Exception {
        CompletableFuture<RpcMessage> answer = connection.request("ours", params("a"));
        say("{\"id\":\"0\",\"result\":1}", "{\"id\":%s,\"result\":2}".formatted(id));

        assertThat(answer.get())
                .isInstanceOfSatisfying(
                        RpcMessage.Response.class,
                        response -> assertThat(response.result().asInt()).isEqualTo(2));
        hangUp();
    }

    @Test
    void an_answer_that_comes_twice_or_was_never_asked_for_harms_nothing() throws Exception {
        CompletableFuture<RpcMessage> answer = connection.request("ours", params("a"));
        say(
                "{\"id\":99,\"result\":{}}",
                "{\"id\":0,\"result\":1}",
                "{\"id\":0,\"result\":2}",
                "{\"id\":0,\"error\":{\"code\":3,\"message\":\"late\"}}");

        assertThat(answer.get())
                .isInstanceOfSatisfying(
                        RpcMessage.Response.class,
                        response -> assertThat(response.result().asInt()).isEqualTo(1));
        hangUp();
        assertThat(heard.garbage).isEmpty();
    }

    @Test
    void a_request_that_is_cancelled_is_taken_back_once() throws Exception {
        CompletableFuture<RpcMessage> answer = connection.request("ours", params("a"));
        sent.readLine();
        answer.cancel(false);
        answer.cancel(false);
        connection.notify("next", params("b"));

        assertThat(sent.readLine())
                .isEqualTo(
                        "{\"jsonrpc\":\"2.0\",\"method\":\"$/cancel_request\","
                                + "\"params\":{\"requestId\":0}}");
        assertThat(sent.readLine()).contains("next");
        say("{\"id\":0,\"error\":{\"code\":-32800,\"message\":\"cancelled\"}}");
        hangUp();
        assertThat(answer).isCancelled();
    }

    @Test
    void half_a_surrogate_pair_goes_as_an_escape() throws Exception {
        connection.notify("m", params("a\ud83d"));

        assertThat(sent.readLine()).endsWith("{\"text\":\"a\\ud83d\"}}");
        assertThat(Json.parse("\"\\ud83d\"").stringValue()).isEqualTo("\ud83d");
        hangUp();
    }

    @Test
    void numbers_keep_their_digits() throws Exception {
        String json =
                "{\"a\":1.50,\"b\":12345678901234567890,\"c\":0.1000000000000000055511151231257827}";

        assertThat(Json.write(Json.parse(json))).isEqualTo(json);
    }

    @Test
    void sending_never_waits_for_one_who_does_not_read() throws Exception {
        var stuck =
                new RpcConnection(
                        "stuck",
                        new PipedInputStream(new PipedOutputStream()),
                        new NeverWrites(),
                        10_000,
                        new Heard());
        stuck.start();
        for (int i = 0; i < 20_000; i++) {
            stuck.notify("m", params("x"));
        }
        stuck.closeOutput();
        assertThat(stuck.silence()).isPositive();
    }

    @Test
    void what_one_who_does_not_read_keeps_waiting_is_bounded_in_bytes() throws Exception {
        var sent = new Heard();
        var stuck =
                new RpcConnection(
                        "stuck",
                        new PipedInputStream(new PipedOutputStream()),
                        new NeverWrites(),
                        10_000,
                        sent,
                        1_000);
        stuck.start();
        for (int i = 0; i < 10; i++) {
            stuck.notify("m", params("x".repeat(200)));
        }

        assertThat(sent.lines).as("the fourth is one too many, and the last").hasSize(4);
    }

    private static final class NeverWrites extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            throw new AssertionError("it is written in pieces");
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    @Test
    void closing_the_way_out_lets_what_was_sent_before_pass() throws Exception {
        connection.notify("one", params("a"));
        connection.closeOutput();
        connection.notify("two", params("b"));
        connection.awaitWritten(java.time.Duration.ofSeconds(20));

        assertThat(sent.readLine()).contains("\"one\"");
        assertThat(sent.readLine()).isNull();
        assertThat(heard.lines).hasSize(1);
        hangUp();
    }
}
