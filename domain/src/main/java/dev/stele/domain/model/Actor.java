package dev.stele.domain.model;

import dev.stele.contracts.Characters;

/**
 * Who or what decided an approval.
 *
 * @param kind a person or a policy
 * @param name the person's name, or the policy's
 */
public record Actor(Kind kind, String name) {

    /** Makes the text well-formed. */
    public Actor {
        name = Characters.wellFormed(name);
    }

    /**
     * {@return a person}
     *
     * @param name a name that tells who it was
     */
    public static Actor person(String name) {
        return new Actor(Kind.PERSON, name);
    }

    /**
     * {@return a policy}
     *
     * @param name a name that tells which rule it was
     */
    public static Actor policy(String name) {
        return new Actor(Kind.POLICY, name);
    }

    /** What sort of actor. */
    public enum Kind {
        /** Someone. */
        PERSON,
        /** A rule. */
        POLICY
    }
}
