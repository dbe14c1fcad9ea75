package dev.stele.git.reactor;

import dev.stele.contracts.OperationId;
import dev.stele.domain.command.OrchestrationCommand.Report;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.port.DispatchResult;
import dev.stele.git.capture.StopSign;
import dev.stele.git.repository.GitFailure;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs operations and reports what came of them. Thread-safe. */
final class OperationRunner {

    private static final Logger LOG = LoggerFactory.getLogger(OperationRunner.class);

    private final OperationTools tools;
    private final Workers workers;
    private final Reports reports;
    private final Supplier<OrchestrationReadModel> model;

    OperationRunner(
            OperationTools tools,
            Workers workers,
            Reports reports,
            Supplier<OrchestrationReadModel> model) {
        this.tools = tools;
        this.workers = workers;
        this.reports = reports;
        this.model = model;
    }

    /** Does an operation. */
    interface Work {

        /**
         * Does it.
         *
         * @return what is reported
         */
        Report run(StopSign stop) throws InterruptedException;
    }

    /** Makes the report of a failure. */
    interface Failing {

        /**
         * The report.
         *
         * @param why a sentence for people
         * @param paths the files that are the reason, where the sentence does not name them
         */
        Report report(String why, List<String> paths);
    }

    /**
     * The job of an operation.
     *
     * @param failure makes the report of a failure
     */
    Job job(Operation operation, Work work, Failing failure) {
        return new Job(
                "operation-" + operation.id(), stop -> run(operation.id(), work, failure, stop));
    }

    private void run(OperationId id, Work work, Failing failure, StopSign stop)
            throws InterruptedException {
        Report report;
        try {
            report = workers.call(() -> work.run(stop));
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case StopSign.Stopped _ -> {
                    stopped(id);
                    return;
                }
                case GitFailure known -> report = failure.report(known.sentence(), known.paths());
                case null, default -> {
                    LOG.error("The operation {} failed.", id, e.getCause());
                    report =
                            failure.report(
                                    Failures.unexpected("operation", e.getCause()), List.of());
                }
            }
        }
        if (isAnswered(reports.send(report), failure)) {
            tools.forget(id);
        }
    }

    /** Whether the operation is settled now, by this report or another. */
    private boolean isAnswered(DispatchResult answer, Failing failure) throws InterruptedException {
        return switch (answer) {
            case DispatchResult.Accepted _,
                    DispatchResult.Rejected _,
                    DispatchResult.CommandIdConflict _ ->
                    true;
            case DispatchResult.Overloaded _,
                    DispatchResult.Unavailable _,
                    DispatchResult.NotTheWriter _ ->
                    false;
            case DispatchResult.Unencodable(var why) -> {
                reports.send(
                        failure.report("It is done but cannot be recorded: " + why, List.of()));
                yield true;
            }
        };
    }

    /** It was given up for good, or only until the next start. */
    private void stopped(OperationId id) {
        LOG.debug("The operation {} was stopped.", id);
        if (!model.get().openOperations().contains(id)) {
            tools.abandon(id);
        }
    }
}
