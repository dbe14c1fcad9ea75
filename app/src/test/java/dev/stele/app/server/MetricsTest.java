package dev.stele.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server counts, in the form that Prometheus reads and by the rules of its linter. */
class MetricsTest {
    private static final String RENAME =
            "{\"type\":\"RenameProject\",\"projectId\":\"project-1\",\"name\":\"A\"}";
    private static final String CREATE =
            "{\"type\":\"CreateProject\",\"projectId\":\"project-1\",\"name\":\"P\",\"path\":\"/p\"}";
    private static final Pattern HEAD = Pattern.compile("# (HELP|TYPE) ([a-z][a-z0-9_]*) (\\S.*)");
    private static final Pattern SAMPLE =
            Pattern.compile(
                    "([a-z][a-z0-9_]*)(\\{[a-z]+=\"(?:[^\"\\\\\\n]|\\\\[\"\\\\n])*\"})? (-?\\d+(\\.\\d+)?)");

    private final ServerRig rig;

    MetricsTest(@TempDir Path folder) {
        this.rig = new ServerRig(folder);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private Map<String, Double> samples() {
        var samples = new LinkedHashMap<String, Double>();
        for (String line : rig.get("/metrics").body().split("\n", -1)) {
            if (!line.isEmpty() && !line.startsWith("#")) {
                int blank = line.lastIndexOf(' ');
                assertThat(
                                samples.put(
                                        line.substring(0, blank),
                                        Double.valueOf(line.substring(blank + 1))))
                        .as(line)
                        .isNull();
            }
        }
        return samples;
    }

    @Test
    void the_text_keeps_to_the_format() {
        rig.post("/api/commands", CREATE);
        String text = rig.get("/metrics").body();
        assertThat(text).endsWith("\n").doesNotContain("\r");
        Map<String, String> types = new HashMap<>();
        List<String> helped = new ArrayList<>();
        String family = "";
        for (String line : text.substring(0, text.length() - 1).split("\n", -1)) {
            Matcher head = HEAD.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (head.matches() && head.group(1).equals("HELP")) {
                family = head.group(2);
                assertThat(helped).doesNotContain(family);
                helped.add(family);
            } else if (head.matches()) {
                assertThat(head.group(2)).isEqualTo(family);
                types.put(family, head.group(3));
            } else {
                assertThat(sample.matches()).as(line).isTrue();
                assertThat(sample.group(1)).isIn(of(family, types.getOrDefault(family, "untyped")));
            }
        }
        assertThat(types.keySet()).containsExactlyInAnyOrderElementsOf(helped);
        types.forEach(MetricsTest::requireWellNamed);
    }

    private static List<String> of(String family, String type) {
        return type.equals("histogram")
                ? List.of(family + "_bucket", family + "_sum", family + "_count")
                : List.of(family);
    }

    private static void requireWellNamed(String name, String type) {
        assertThat(type).isIn("counter", "gauge", "histogram");
        assertThat(name.endsWith("_total")).as(name).isEqualTo(type.equals("counter"));
        assertThat(name)
                .doesNotContainPattern("milli|micro|nano|minutes|hours|kilo|mega")
                .doesNotContain(type)
                .doesNotEndWith("_count")
                .doesNotEndWith("_sum")
                .doesNotEndWith("_bucket");
    }

    @Test
    void commands_are_counted_by_what_came_of_them_and_by_their_time() {
        rig.post("/api/commands", RENAME);
        rig.post("/api/commands", CREATE);
        rig.post("/api/commands", RENAME);

        Map<String, Double> samples = samples();

        assertThat(samples)
                .containsEntry("stele_commands_total{result=\"accepted\"}", 2.0)
                .containsEntry("stele_commands_total{result=\"refused\"}", 1.0)
                .containsEntry("stele_command_duration_seconds_count", 3.0)
                .containsEntry("stele_command_duration_seconds_bucket{le=\"+Inf\"}", 3.0)
                .containsEntry("stele_log_sequence", 2.0)
                .containsEntry("stele_projects", 1.0)
                .hasEntrySatisfying("stele_log_bytes", bytes -> assertThat(bytes).isPositive());
        List<Double> buckets =
                samples.entrySet().stream()
                        .filter(one -> one.getKey().contains("_bucket"))
                        .map(Map.Entry::getValue)
                        .toList();
        assertThat(buckets).isSorted().hasSize(11);
    }
}
