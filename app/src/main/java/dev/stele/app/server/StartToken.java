package dev.stele.app.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What a client shows to be let in: 256 random bits, new at each start.
 *
 * @param value as it goes over the wire, safe in addresses and cookies
 */
record StartToken(String value) {
    private static final int BYTES = 32;

    static StartToken random() {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new StartToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** Whether it is the same; takes as long whatever is shown. */
    boolean is(String shown) {
        return MessageDigest.isEqual(
                value.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "StartToken"; // never in a log file
    }
}
