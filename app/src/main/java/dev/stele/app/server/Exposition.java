package dev.stele.app.server;

import dev.stele.app.config.Processes;
import dev.stele.app.config.Version;
import dev.stele.domain.model.OrchestrationReadModel;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The server's counts in the text format of Prometheus. */
final class Exposition {
    static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final StringBuilder text = new StringBuilder(2_048);

    private Exposition() {}

    /**
     * The text.
     *
     * @param store the file of the log; there need not be one
     */
    static String of(OrchestrationReadModel model, Metrics metrics, int streams, Path store) {
        var all = new Exposition();
        all.head("stele_info", "Which Stele this is.", "gauge");
        all.sample("stele_info{version=\"" + escaped(Version.TEXT) + "\"}", 1);
        all.gauge("stele_log_sequence", "Facts in the log.", model.sequence());
        all.gauge("stele_projects", "Projects.", model.projects().size());
        all.gauge("stele_threads", "Threads.", model.threads().size());
        all.gauge("stele_turns_live", "Turns at work.", model.turns().live().size());
        all.gauge("stele_prompts_queued", "Prompts that wait.", model.queued().size());
        all.gauge("stele_operations_open", "Work under way.", model.openOperations().size());
        all.gauge("stele_streams", "Streams of events that are open.", streams);
        all.head("stele_commands_total", "Commands by HTTP, by what came of them.", "counter");
        all.sample("stele_commands_total{result=\"accepted\"}", metrics.acceptedCommands());
        all.sample("stele_commands_total{result=\"refused\"}", metrics.refusedCommands());
        all.sample("stele_commands_total{result=\"failed\"}", metrics.failedCommands());
        all.histogram(
                "stele_command_duration_seconds",
                "How long commands by HTTP took until their facts were durable.",
                metrics.commandTimes());
        all.log(store);
        all.gauge(
                "stele_child_processes",
                "Programs that Stele has started and that run: agents, and git.",
                Processes.children());
        all.counter("stele_http_requests_total", "Requests.", metrics.requests());
        all.counter(
                "stele_events_streamed_total",
                "Facts that were handed out to streams, each counted once.",
                metrics.streamedFacts());
        all.counter(
                "stele_stream_resyncs_total",
                "Streams that ended since the client was too slow.",
                metrics.resyncs());
        all.process();
        return all.text.toString();
    }

    /** With what is not yet in its place; what cannot be looked at is left out. */
    private void log(Path store) {
        try {
            Path beside = store.resolveSibling(store.getFileName() + "-wal");
            long bytes = Files.size(store) + (Files.exists(beside) ? Files.size(beside) : 0);
            gauge("stele_log_bytes", "The files of the log.", bytes);
        } catch (IOException _) {
            // the log is in a database of its own
        }
    }

    private void histogram(String name, String help, Histogram histogram) {
        head(name, help, "histogram");
        double[] bounds = histogram.bounds();
        long[] counts = histogram.counts();
        long sum = 0;
        for (int i = 0; i < counts.length; i++) {
            sum += counts[i];
            String bound = i < bounds.length ? Double.toString(bounds[i]) : "+Inf";
            sample(name + "_bucket{le=\"" + bound + "\"}", sum);
        }
        text.append(String.format(Locale.ROOT, "%s_sum %.6f\n", name, histogram.sum()));
        sample(name + "_count", sum);
    }

    private static String escaped(String label) {
        return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private void process() {
        Runtime runtime = Runtime.getRuntime();
        var machine = ManagementFactory.getRuntimeMXBean();
        head("jvm_memory_committed_bytes", "The memory that the heap has.", "gauge");
        sample("jvm_memory_committed_bytes{area=\"heap\"}", runtime.totalMemory());
        head("jvm_memory_used_bytes", "The heap's part that is in use.", "gauge");
        sample(
                "jvm_memory_used_bytes{area=\"heap\"}",
                runtime.totalMemory() - runtime.freeMemory());
        head("process_start_time_seconds", "The start, since 1970.", "gauge");
        sample("process_start_time_seconds", machine.getStartTime() / 1_000);
        if (ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean system) {
            head("process_cpu_seconds_total", "CPU time.", "counter");
            text.append(
                    String.format(
                            Locale.ROOT,
                            "process_cpu_seconds_total %.3f\n",
                            system.getProcessCpuTime() / 1e9));
        }
    }

    private void gauge(String name, String help, long value) {
        head(name, help, "gauge");
        sample(name, value);
    }

    private void counter(String name, String help, long value) {
        head(name, help, "counter");
        sample(name, value);
    }

    private void head(String name, String help, String type) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private void sample(String name, long value) {
        text.append(name).append(' ').append(value).append('\n');
    }
}
