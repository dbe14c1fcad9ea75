package dev.stele.git.disk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One name in a directory.
 *
 * @param name its raw name
 * @param stamp what it is
 */
public record DiskEntry(String name, Stamp stamp) {

    /**
     * The entry of a name, or null.
     *
     * @param sorted entries ordered by their names
     * @param name a raw name
     */
    public static @Nullable DiskEntry find(List<DiskEntry> sorted, String name) {
        for (DiskEntry entry : sorted) {
            int order = entry.name().compareTo(name);
            if (order >= 0) {
                return order == 0 ? entry : null;
            }
        }
        return null;
    }
}
