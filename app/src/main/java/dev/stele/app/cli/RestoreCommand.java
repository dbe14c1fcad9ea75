package dev.stele.app.cli;

import dev.stele.app.Stele;
import dev.stele.contracts.CheckpointId;
import dev.stele.domain.model.Operation;
import dev.stele.domain.model.RestoreScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stele restore}: back to a checkpoint. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Brings back what a checkpoint holds. 'stele undo' takes it back.",
            "Only files that differ are written or deleted. Ignored files, the index, HEAD and"
                    + " branches stay as they are: what is staged stays staged."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:restored; files that had to be left alone are named",
            "1:it failed; what was done so far can be undone",
            "3:there is no such checkpoint",
            "5:refused: the checkpoint is not ready, or somebody is at work there"
        })
final class RestoreCommand extends WorkingCommand<Operation.Restore> {

    @Parameters(
            paramLabel = "CHECKPOINT",
            description = "Its id, or the beginning of it; 'stele checkpoints' lists them.")
    private String checkpoint = "";

    @Option(
            names = "--scope",
            paramLabel = "files|conversation|both",
            defaultValue = "files",
            description = {
                "What is brought back: the files, the conversation (later turns are rolled back),"
                        + " or both. Default: ${DEFAULT-VALUE}."
            })
    private RestoreScope scope = RestoreScope.FILES;

    @Override
    Operation.Restore work(Stele stele, Console console) throws InterruptedException {
        CheckpointId id = Lookup.checkpoint(stele.model(), checkpoint);
        Phrases.whyNotTaken(stele.model(), id).forEach(console::note);
        return stele.restore(id, scope);
    }

    @Override
    void tell(Operation.Restore done, Stele stele, Console console) {
        new RestoreReport(stele, console).tell("restored " + done.checkpointId(), done);
    }
}
