package dev.stele.domain.port;

import dev.stele.domain.model.OrchestrationReadModel;
import dev.stele.domain.model.SecretText;

/**
 * Erases a text from the checkpoints of projects, so that no object that only checkpoints hold has
 * it any more. What people have in commits, indexes and files of their own is told, and left.
 * Thread-safe; nobody takes checkpoints meanwhile.
 */
public interface CheckpointErasure {

    /**
     * {@return where the checkpoints of all projects hold a text} Changes nothing.
     *
     * @param model tells the projects
     * @param secret the text
     */
    CheckpointErasureReport find(OrchestrationReadModel model, SecretText secret);

    /**
     * Puts a mask in the place of a text wherever checkpoints hold it. Checkpoints keep their
     * names. What was broken off, also by a crash, is finished by doing it again.
     *
     * @param model tells the projects
     * @param secret the text
     * @return where it was, and what still holds it
     */
    CheckpointErasureReport erase(OrchestrationReadModel model, SecretText secret);
}
