package dev.stele.domain.model;

/** Why a turn was interrupted. */
public enum InterruptCause {
    /** Someone asked for it. */
    REQUESTED,
    /** Its thread or project is being deleted. */
    DELETED
}
