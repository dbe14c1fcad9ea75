package dev.stele.persistence.sqlite;

import dev.stele.domain.port.EventStore;
import dev.stele.domain.port.LogAdministration;
import dev.stele.persistence.OldFormsConformance;
import dev.stele.persistence.json.JsonCodec;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Old forms in one SQLite file. */
class SqliteOldFormsTest extends OldFormsConformance {

    @TempDir private Path folder;
    private int places;

    @Override
    protected Place newPlace() {
        Path database = folder.resolve(places++ + ".db");
        return new Place() {
            @Override
            public EventStore open(JsonCodec codec) {
                return SqliteEventStore.openToWrite(database, 1 << 20, codec);
            }

            @Override
            public LogAdministration care(JsonCodec codec) {
                return new SqliteLogAdministration(database, codec);
            }
        };
    }
}
