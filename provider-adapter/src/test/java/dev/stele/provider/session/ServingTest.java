package dev.stele.provider.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.provider.rpc.Json;
import dev.stele.provider.rpc.RpcMessage;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@Timeout(180)
class ServingTest {
    private final List<RpcMessage> answers = new CopyOnWriteArrayList<>();
    private final CountDownLatch open = new CountDownLatch(1);
    private final Serving serving = new Serving(new Slow(), answers::add);

    /** Answers once it is open. */
    private final class Slow implements ClientServices {
        @Override
        public Set<String> methods() {
            return Set.of("slow");
        }

        @Override
        public RpcMessage serve(RpcMessage.Request request) throws InterruptedException {
            open.await();
            return new RpcMessage.Response(request.id(), Json.object());
        }

        @Override
        public void close() {}
    }

    private static JsonNode id(int id) throws Json.NotJson {
        return Json.parse(Integer.toString(id));
    }

    private void awaitAnswers(int count) {
        while (answers.size() < count) {
            Thread.onSpinWait();
        }
    }

    private long refused(int code) {
        return answers.stream()
                .filter(answer ->
                        answer instanceof RpcMessage.Failure(_, var told, _, _) && told == code)
                .count();
    }

    @Test
    void more_requests_than_can_be_served_at_once_are_refused() throws Exception {
        for (int i = 0; i < 250; i++) {
            serving.hear(new RpcMessage.Request(id(i), "slow", Json.object()));
        }
        assertThat(refused(RpcMessage.INVALID_REQUEST)).isEqualTo(50);
        open.countDown();
        awaitAnswers(250);

        assertThat(refused(RpcMessage.INVALID_REQUEST)).isEqualTo(50);
    }

    @Test
    void a_request_that_is_taken_back_is_answered_as_cancelled() throws Exception {
        serving.hear(new RpcMessage.Request(id(7), "slow", Json.object()));
        assertThat(serving.isBusy()).isTrue();
        serving.hear(
                new RpcMessage.Notification(
                        RpcMessage.CANCEL_REQUEST, Json.object().set("requestId", id(7))));
        awaitAnswers(1);

        assertThat(refused(RpcMessage.REQUEST_CANCELLED)).isEqualTo(1);
    }

    @Test
    void what_is_under_way_ends_with_the_session() throws Exception {
        serving.hear(new RpcMessage.Request(id(7), "slow", Json.object()));
        serving.close();
        awaitAnswers(1);

        assertThat(refused(RpcMessage.REQUEST_CANCELLED)).isEqualTo(1);
    }
}
