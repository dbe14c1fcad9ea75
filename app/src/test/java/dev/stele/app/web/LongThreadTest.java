package dev.stele.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.contracts.ProviderEvent;
import dev.stele.domain.port.DispatchResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thread with 50,000 messages. */
@Tag("browser")
final class LongThreadTest {
    private static final int MESSAGES = 50_000;

    @TempDir private Path directory;

    @Test
    void a_thread_with_50_000_messages_opens_at_its_end_and_loads_what_is_scrolled_to()
            throws IOException {
        try (var home = ServedHome.in(directory);
                var page = Page.open(directory)) {
            Puppet puppet = home.puppet("Long").prompted("Count");
            count(puppet, MESSAGES);
            page.enter(home).opens(puppet);
            page.reads(".message:last-child", "number " + MESSAGES + ".");
            assertThat(page.count(".message")).isLessThan(200);

            long before = page.count(".message");
            page.script("document.getElementById('transcript').scrollTop = 0");
            page.until(
                    "older messages are loaded",
                    "return document.querySelectorAll('.message').length > arguments[0]",
                    before);
            assertThat(page.number("return document.getElementById('transcript').scrollTop"))
                    .as("what was looked at stays in sight")
                    .isPositive();

            page.leave().press("G");
            puppet.says("And one more.", "last");
            page.reads(".message:last-child", "And one more.");
            assertThat(page.complaints()).isEmpty();
        }
    }

    /** Says so many messages, many at a time. */
    static void count(Puppet puppet, int messages) {
        var underWay = new ArrayDeque<CompletableFuture<DispatchResult>>();
        for (int n = 1; n <= messages; n++) {
            var words = new ProviderEvent.TextDelta("This is number " + n + ".", "m" + n);
            underWay.add(puppet.tellSoon(words));
            if (underWay.size() > 500) {
                accepted(underWay.remove());
            }
        }
        underWay.forEach(LongThreadTest::accepted);
    }

    private static void accepted(CompletableFuture<DispatchResult> answer) {
        assertThat(answer.join()).isInstanceOf(DispatchResult.Accepted.class);
    }
}
