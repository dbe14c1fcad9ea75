package dev.stele.app.config;

import dev.stele.domain.model.ThinningPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What people can set about checkpoints, in the field {@code checkpoints} of {@link SteleConfig}:
 *
 * <pre>{@code
 * {
 *   "largestUntrackedFileBytes": 104857600,
 *   "mostFiles": 1000000,
 *   "mostBytes": 68719476736,
 *   "keepAllDays": 30,
 *   "keepDailyDays": 365,
 *   "thin": true
 * }
 * }</pre>
 *
 * @param largestUntrackedFileBytes untracked files that are larger are left out
 * @param mostFiles a directory with more gets no checkpoints
 * @param mostBytes a directory whose files together have more gets no checkpoints
 * @param policy which old ones are kept
 * @param thin whether the others are given up by and by, without being asked
 */
public record CheckpointSettings(
        long largestUntrackedFileBytes,
        int mostFiles,
        long mostBytes,
        ThinningPolicy policy,
        boolean thin) {

    /** 100 MiB for an untracked file, a million files, 64 GiB for all; the usual policy. */
    public static final CheckpointSettings USUAL =
            new CheckpointSettings(100L << 20, 1_000_000, 64L << 30, ThinningPolicy.USUAL, true);

    private static final List<String> KNOWN =
            List.of(
                    "largestUntrackedFileBytes",
                    "mostFiles",
                    "mostBytes",
                    "keepAllDays",
                    "keepDailyDays",
                    "thin");

    /** {@link IllegalArgumentException} with the rest of a sentence when it is wrong. */
    static CheckpointSettings of(JsonNode node) {
        if (!node.isObject()) {
            throw new IllegalArgumentException("checkpoints is no JSON object");
        }
        for (String name : node.propertyNames()) {
            if (!KNOWN.contains(name)) {
                throw new IllegalArgumentException(
                        "nothing is called 'checkpoints.%s'; there are %s"
                                .formatted(name, String.join(", ", KNOWN)));
            }
        }
        int all = (int) number(node, "keepAllDays", USUAL.policy.keepAllDays(), 36_500);
        int daily =
                (int)
                        number(
                                node,
                                "keepDailyDays",
                                Math.max(all, USUAL.policy.keepDailyDays()),
                                36_500);
        if (daily < all) {
            throw new IllegalArgumentException(
                    "checkpoints.keepDailyDays is less than keepAllDays");
        }
        return new CheckpointSettings(
                number(
                        node,
                        "largestUntrackedFileBytes",
                        USUAL.largestUntrackedFileBytes,
                        Long.MAX_VALUE),
                (int) number(node, "mostFiles", USUAL.mostFiles, Integer.MAX_VALUE),
                number(node, "mostBytes", USUAL.mostBytes, Long.MAX_VALUE),
                new ThinningPolicy(all, daily),
                thin(node.get("thin")));
    }

    private static long number(JsonNode object, String name, long usual, long most) {
        JsonNode node = object.get(name);
        if (node == null) {
            return usual;
        }
        if (!node.isIntegralNumber()
                || !node.canConvertToLong()
                || node.longValue() < 1
                || node.longValue() > most) {
            throw new IllegalArgumentException(
                    "checkpoints." + name + " is no whole number from 1 to " + most);
        }
        return node.longValue();
    }

    private static boolean thin(@Nullable JsonNode node) {
        if (node != null && !node.isBoolean()) {
            throw new IllegalArgumentException("checkpoints.thin is neither true nor false");
        }
        return node == null || node.booleanValue();
    }
}
