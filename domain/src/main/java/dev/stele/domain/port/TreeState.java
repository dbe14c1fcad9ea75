package dev.stele.domain.port;

/** One state of a project's working tree. */
public sealed interface TreeState {

    /**
     * What a checkpoint holds.
     *
     * @param gitRef the ref of a ready checkpoint
     */
    record Held(String gitRef) implements TreeState {}

    /** What is there now; of what no checkpoint would hold, nothing is told. */
    record Current() implements TreeState {}
}
