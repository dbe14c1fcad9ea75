package dev.stele.app.embedding;

import dev.stele.domain.command.OrchestrationCommand;
import dev.stele.domain.port.CommandGateway;
import dev.stele.domain.port.DispatchResult;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Brings a reactor's reports to the log, again and again while the log cannot take them.
 *
 * @param gateway the way in
 */
record Reporting(CommandGateway gateway) {
    private static final long PAUSE = 20;

    void untilTaken(OrchestrationCommand report) throws InterruptedException {
        while (!isTaken(report)) {
            TimeUnit.MILLISECONDS.sleep(PAUSE);
        }
    }

    private boolean isTaken(OrchestrationCommand report) throws InterruptedException {
        try {
            return switch (gateway.submit(report).get()) {
                case DispatchResult.Overloaded _,
                        DispatchResult.Unavailable _,
                        DispatchResult.NotTheWriter _ ->
                        false;
                case DispatchResult.Accepted _,
                        DispatchResult.Rejected _,
                        DispatchResult.CommandIdConflict _,
                        DispatchResult.Unencodable _ ->
                        true;
            };
        } catch (ExecutionException e) {
            throw new IllegalStateException("a gateway's answer never fails", e);
        }
    }
}
