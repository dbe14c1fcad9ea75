package dev.stele.persistence.json;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.json.JsonFactory;

/** JSON text with a place in it: the token that is read next. For one thread. */
final class JsonInput implements AutoCloseable {

    private final JsonFactory factory;
    private final byte[] json;
    private final JsonParser parser;

    /** What reads the larger text that this one is a part of, if any. */
    private final @Nullable JsonInput outer;

    /** Made for the first of them. */
    private Collection<String> unknown = List.of();

    private @Nullable JsonToken token;

    /**
     * Input that stands at the first token.
     *
     * @param factory makes the parser
     * @param json JSON in UTF-8, without a byte order mark
     */
    JsonInput(JsonFactory factory, byte[] json) {
        this(factory, json, null);
    }

    private JsonInput(JsonFactory factory, byte[] json, @Nullable JsonInput outer) {
        this.factory = factory;
        this.json = json;
        this.outer = outer;
        this.parser = factory.createParser(ObjectReadContext.empty(), json);
        next();
    }

    /** Steps to the next token. */
    void next() {
        try {
            token = parser.nextToken();
        } catch (JacksonException e) {
            throw broken(e);
        }
    }

    /**
     * Steps over the name of the object's next field to its value.
     *
     * @return the name, or null at the object's end
     */
    @Nullable String nextField() {
        next();
        if (token == JsonToken.END_OBJECT) {
            return null;
        }
        String name = parser.currentName();
        try {
            token = parser.nextToken();
        } catch (JacksonException e) {
            throw broken(e).inField(name);
        }
        return name;
    }

    /** Whether the token is this one. */
    boolean isAt(JsonToken expected) {
        return token == expected;
    }

    /** Whether there is no token left. */
    boolean isAtEnd() {
        return token == null;
    }

    /** Checks that an object begins here. */
    void requireObject() {
        require(JsonToken.START_OBJECT, "an object");
    }

    /** Checks that a list begins here. */
    void requireList() {
        require(JsonToken.START_ARRAY, "a list");
    }

    /** The text that stands here. */
    String text() {
        require(JsonToken.VALUE_STRING, "a text");
        try {
            return parser.getString();
        } catch (JacksonException e) {
            throw broken(e);
        }
    }

    /**
     * The whole number that stands here.
     *
     * @param min the least that is allowed
     * @param max the largest that is allowed
     */
    long wholeNumber(long min, long max) {
        require(JsonToken.VALUE_NUMBER_INT, "a whole number");
        try {
            long number = parser.getLongValue();
            if (number >= min && number <= max) {
                return number;
            }
        } catch (JacksonException _) {
            // beyond 64 bits: out of range too
        }
        throw new JsonProblem("the number has to lie between " + min + " and " + max, null);
    }

    /** The number that stands here. */
    double number() {
        if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
            throw expected("a number");
        }
        return parser.getDoubleValue();
    }

    /** The truth value that stands here. */
    boolean flag() {
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            throw expected("true or false");
        }
        return token == JsonToken.VALUE_TRUE;
    }

    /** Steps over the value that begins here, to its last token. */
    void skip() {
        try {
            parser.skipChildren();
            token = parser.currentToken();
        } catch (JacksonException e) {
            throw broken(e);
        }
    }

    /**
     * Steps over the value of a field that nobody reads, and remembers where it stands. Costs
     * nothing as long as there is none.
     */
    void skipUnknown() {
        addUnknown(path());
        skip();
    }

    private void addUnknown(String path) {
        if (outer != null) {
            outer.addUnknown(path);
            return;
        }
        if (unknown.isEmpty()) {
            unknown = new LinkedHashSet<>();
        }
        unknown.add(path);
    }

    /** The fields that nobody read, each as the names that lead to it with dots between them. */
    Collection<String> unknown() {
        return unknown;
    }

    /** The names of the fields that lead to the token. */
    private String path() {
        var names = new ArrayDeque<String>();
        String around = outer == null ? "" : outer.path();
        for (TokenStreamContext at = parser.streamReadContext(); at != null; at = at.getParent()) {
            if (at.currentName() != null) {
                names.addFirst(at.currentName());
            }
        }
        if (!around.isEmpty()) {
            names.addFirst(around);
        }
        return String.join(".", names);
    }

    /** Where the token begins, in bytes. */
    int offset() {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    /**
     * The same text from an earlier place on, when the value that begins there has been read.
     *
     * @param offset where a value begins, in bytes
     */
    JsonInput from(int offset) {
        return new JsonInput(factory, Arrays.copyOfRange(json, offset, json.length), this);
    }

    private void require(JsonToken expected, String what) {
        if (token != expected) {
            throw expected(what);
        }
    }

    private JsonProblem expected(String what) {
        return new JsonProblem("expected " + what + " but found " + found(), null);
    }

    private String found() {
        return switch (token) {
            case null -> "nothing";
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            case VALUE_STRING -> "a text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "the number " + parser.getString();
            case VALUE_TRUE, VALUE_FALSE -> parser.getString();
            case VALUE_NULL -> "null";
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                    token.toString();
        };
    }

    private static JsonProblem broken(JacksonException e) {
        var location = e.getLocation();
        String where =
                location == null
                        ? ""
                        : " (line "
                                + location.getLineNr()
                                + ", column "
                                + location.getColumnNr()
                                + ")";
        return new JsonProblem("this is not JSON: " + e.getOriginalMessage() + where, e);
    }

    @Override
    public void close() {
        parser.close();
    }
}
