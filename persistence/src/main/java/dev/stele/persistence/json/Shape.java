package dev.stele.persistence.json;

import tools.jackson.core.JsonGenerator;

/** How the values of one type stand in JSON. Thread-safe. */
interface Shape {

    /**
     * Writes a value of the type.
     *
     * @param out where
     * @param value the value
     */
    void write(JsonGenerator out, Object value);

    /**
     * Reads the value that begins at the input's token, and leaves the input at its last token.
     *
     * @param in from where
     * @throws JsonProblem when there is no such value
     */
    Object read(JsonInput in);
}
