package dev.stele.domain.model;

/** The ways in which programs write a text between the quotes of JSON. */
enum JsonEscapes {
    /** Only what has to be escaped. */
    LEAST {
        @Override
        boolean isEscaped(char c) {
            return false;
        }
    },
    /** All but ASCII, with small hexadecimal digits. */
    ASCII {
        @Override
        boolean isEscaped(char c) {
            return c > 0x7e;
        }
    },
    /** All but ASCII, with large hexadecimal digits. */
    ASCII_LARGE {
        @Override
        boolean isEscaped(char c) {
            return c > 0x7e;
        }
    },
    /** What means something in HTML, too. */
    HTML {
        @Override
        boolean isEscaped(char c) {
            return c == '<' || c == '>' || c == '&' || c == '\'' || c == '=';
        }
    },
    /** The same but the apostrophe and the equals sign. */
    HTML_TAGS {
        @Override
        boolean isEscaped(char c) {
            return c == '<' || c == '>' || c == '&';
        }
    },
    /** Slashes, too. */
    SLASHES {
        @Override
        boolean isEscaped(char c) {
            return false;
        }
    };

    /** Whether a character that may stand as it is stands as its number. */
    abstract boolean isEscaped(char c);

    /** The text as JSON has it between quotes. */
    String in(String text) {
        var out = new StringBuilder(text.length() + 8);
        text.chars().forEach(c -> append((char) c, out));
        return out.toString();
    }

    private void append(char c, StringBuilder out) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '/' -> out.append(this == SLASHES ? "\\/" : "/");
            default -> {
                if (c < 0x20 || isEscaped(c)) {
                    out.append(number(c));
                } else {
                    out.append(c);
                }
            }
        }
    }

    private String number(char c) {
        return (this == ASCII_LARGE ? "\\u%04X" : "\\u%04x").formatted((int) c);
    }
}
