package dev.stele.provider.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineReaderTest {

    private static List<LineReader.Line> read(InputStream in, int maxLength) throws IOException {
        var reader = new LineReader(in, maxLength);
        var lines = new ArrayList<LineReader.Line>();
        for (var line = reader.next(); line != null; line = reader.next()) {
            lines.add(line);
        }
        return lines;
    }

    private static List<String> texts(byte[] bytes) throws IOException {
        return read(new ByteArrayInputStream(bytes), 1 << 20).stream()
                .map(LineReader.Line::text)
                .toList();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void lines_come_without_their_ends_and_the_last_needs_none() throws IOException {
        assertThat(texts(utf8("a\n\nbc"))).containsExactly("a", "", "bc");
        assertThat(texts(utf8("a\n"))).containsExactly("a");
        assertThat(texts(utf8(""))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {65_535, 65_536, 65_537, 131_072, 1_000_000})
    void a_line_may_be_longer_than_what_is_read_at_once(int length) throws IOException {
        String line = "ä".repeat(length / 2) + "x".repeat(length % 2);

        assertThat(texts(utf8(line + "\nnext"))).containsExactly(line, "next");
    }

    @Test
    void bytes_that_are_no_utf_8_are_replaced() throws IOException {
        assertThat(texts(new byte[] {'a', (byte) 0xff, 'b', (byte) 0xe2, (byte) 0x82, '\n', 'c'}))
                .containsExactly("a\uFFFDb\uFFFD", "c");
    }

    @Test
    void of_a_line_beyond_the_limit_only_the_beginning_is_kept() throws IOException {
        var lines = read(new ByteArrayInputStream(utf8("x".repeat(100_000) + "\nshort")), 50_000);

        assertThat(lines.getFirst().whole()).isFalse();
        assertThat(lines.getFirst().length()).isEqualTo(100_000);
        assertThat(lines.getFirst().text()).hasSize(4_096);
        assertThat(lines.getLast()).isEqualTo(new LineReader.Line("short", 5, true));
    }

    @Test
    void a_line_at_the_limit_is_whole() throws IOException {
        var lines = read(new ByteArrayInputStream(utf8("x".repeat(50_000) + "\n")), 50_000);

        assertThat(lines).containsExactly(new LineReader.Line("x".repeat(50_000), 50_000, true));
    }

    @Test
    void an_endless_line_takes_no_more_memory_than_the_limit() throws IOException {
        long many = 256L << 20;
        var lines = read(new Endless(many), 1 << 20);

        assertThat(lines).singleElement().extracting(LineReader.Line::length).isEqualTo(many);
    }

    /** A stream of many bytes that are nowhere kept. */
    private static final class Endless extends InputStream {
        private long left;

        Endless(long left) {
            this.left = left;
        }

        @Override
        public int read() {
            throw new AssertionError("it is read in pieces");
        }

        @Override
        public int read(byte[] bytes, int from, int length) {
            if (left == 0) {
                return -1;
            }
            int n = (int) Math.min(left, length);
            left -= n;
            return n;
        }
    }
}
